// What may be written about persons, offices and grants? Fields as forms and JSON send them become values here, or a
// Problem names what is wrong with which.
#pragma once

#include <string>
#include <vector>

#include "people/viewer.h"

namespace guidon::people {

constexpr std::size_t longest_name = 200;  // characters
constexpr std::size_t most_aliases = 20;

/// One line, as base/plain_text.h cleans it, with its Problems; "people.name" where nothing is left.
std::string read_name(const std::string& text, const std::string& field = "name");
/// One a line, or `;` between; empty ones and doubles are left out. Throws "people.name", "people.too-many-aliases".
std::vector<std::string> read_aliases(const std::string& text);

/// Titles by language; Problem "people.no-title" where all three are empty.
Texts read_titles(const std::string& en, const std::string& vi, const std::string& ur);

/// Problem "people.day" for anything but an ISO date; `fallback` for an empty text.
Day read_day(const std::string& text, const std::string& field, Day fallback);
/// `from` empty: `today`. `to` (no longer on that day) empty: without end. Problem "people.span" unless from < to.
Span read_span(const std::string& from, const std::string& to, Day today);
/// What gives rights is not dated back: Problem "people.day-past" for a span that begins before `today`.
void must_not_be_dated_back(Span span, Day today);
/// Problem "people.day-past" before `today`, "people.span" where `held` would not last a day, "people.has-ended" (409)
/// where it ends before `day` anyway.
void must_be_able_to_end(Span held, Day day, Day today);

/// Problem "people.role-place" unless the place of `grant` is one that its role takes: a group for leaders and
/// deputies, a council for its secretaries and members, nothing for administrators, a unit or nothing for all others.
void must_fit(const Grant& grant);
/// Whether the two give the same right in the same place, and there is a day on which both do.
bool overlap(const Grant& one, const Grant& other);
bool overlap(Span one, Span other);

/// Lower-case letters, digits, hyphens; 2 to 40. Problem "people.code".
std::string read_code(const std::string& text);

}  // namespace guidon::people
