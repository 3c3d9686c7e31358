// How do rows become columns where several of them make one value – the marks of nine judges, the finishes of a season?
#pragma once

#include "values/value_file.h"
#include "values/value_reader.h"

namespace guidon::values {

/// Columns without anything reported.
ValueColumns empty_columns(const Wanted& wanted, std::size_t units);

/// Columns of rows that were read without faults; entries are combined as their indicator says. Faults:
/// `value-file.one-row`, `value-file.one-target`, `value-file.too-large`.
ValueColumns columns_of(const PlacedRows& rows, const units::CodeIndex& units, const Wanted& wanted,
                        files::FaultList& faults);

}  // namespace guidon::values
