// How does a refusal travel from where it is found to the person who has to act on it?
//
// Code and arguments travel; the sentence is made at the edge, in the reader's language, from the message
// catalogue (locales/): the message of code "value.above-limit" is the entry `problem.value.above-limit`.
#pragma once

#include <exception>
#include <map>
#include <string>
#include <vector>

namespace guidon {

using Arguments = std::map<std::string, std::string>;

/// One refusal. Thrown where it is found, caught once at the edge (RFC 9457 in JSON, a page, a line on stderr).
struct Problem : std::exception {
    explicit Problem(std::string code_, Arguments arguments_ = {}, std::string field_ = {}, int status_ = 422)
        : code(std::move(code_)), arguments(std::move(arguments_)), field(std::move(field_)), status(status_) {}

    std::string code;     // stable, `noun.what`
    Arguments arguments;  // for the message
    std::string field;    // form field or JSON pointer, empty when it is about the whole request
    int status;           // HTTP

    const char* what() const noexcept override { return code.c_str(); }
};

/// Something wrong at a place in a file. `line` and `column` count from 1; 0 = not known.
struct Fault {
    std::string file;
    int line = 0;
    int column = 0;
    std::string code;  // as for Problem
    Arguments arguments;
    bool warning = false;  // told, but does not refuse the file

    bool operator==(const Fault&) const = default;
};

/// At most this many faults of a file are told in one run.
constexpr std::size_t max_faults = 100;

/// Everything that is wrong with what was handed in. Thrown after all of it was looked at.
struct Faults : std::exception {
    explicit Faults(std::vector<Fault> list_) : list(std::move(list_)) {}
    std::vector<Fault> list;
    const char* what() const noexcept override { return "faults"; }
};

}  // namespace guidon
