// Which commands does `guidon` have? Each file in cli/ adds one; its callback returns through CLI11, faults and
// problems are caught in main and become lines on standard error and the exit status.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace guidon::cli {

void add_score(CLI::App& app);    // score.cpp
void add_check(CLI::App& app);    // check.cpp
void add_import(CLI::App& app);   // import.cpp
void add_export(CLI::App& app);   // export.cpp
void add_serve(CLI::App& app);    // serve.cpp
void add_demo(CLI::App& app);     // demo.cpp
void add_doctor(CLI::App& app);   // doctor.cpp
void add_journal(CLI::App& app);  // journal.cpp
void add_people(CLI::App& app);   // people.cpp
void add_mail(CLI::App& app);     // mail.cpp
void add_backup(CLI::App& app);   // backup.cpp: backup and restore

/// `--key FILE` of a command that opens a database.
void add_key_option(CLI::App& command, std::string& file);  // journal.cpp
/// `--files DIR` of a command that reads or keeps evidence.
void add_files_option(CLI::App& command, std::string& folder);  // backup.cpp

}  // namespace guidon::cli
