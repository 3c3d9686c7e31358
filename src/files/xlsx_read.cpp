#include "files/xlsx_read.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "files/xlsx_cell.h"

namespace guidon::files {
namespace {

struct WorkbookReader : XmlReader {
    struct Sheet {
        std::string name, relation;
        bool hidden;
    };
    std::vector<Sheet> sheets;
    DateSystem dates = DateSystem::from_1900;

    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "sheet") {
            const auto state = attributes.text("state");
            sheets.push_back({std::string(attributes.text("name")), std::string(attributes.text("id")),
                              state == "hidden" || state == "veryHidden"});
        }
        if (name == "workbookPr") {
            const auto from_1904 = attributes.text("date1904");
            if (from_1904 == "1" || from_1904 == "true") dates = DateSystem::from_1904;
        }
    }
};

/// The number formats, in the order in which cells name them.
struct StylesReader : XmlReader {
    std::vector<CellFormat> formats;

    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "numFmt")
            named_[std::string(attributes.text("numFmtId"))] = format_of(attributes.text("formatCode"));
        if (name == "cellXfs") in_cells_ = true;
        if (name != "xf" || !in_cells_) return;
        const auto id = std::string(attributes.text("numFmtId"));
        const auto named = named_.find(id);
        int number = 0;
        std::from_chars(id.data(), id.data() + id.size(), number);
        formats.push_back(named != named_.end() ? named->second : built_in_format(number));
    }
    void close(std::string_view name) override {
        if (name == "cellXfs") in_cells_ = false;
    }

private:
    std::map<std::string, CellFormat> named_;
    bool in_cells_ = false;
};

/// The text of `<si>` and `<is>`: all runs joined, without the phonetic reading beside them.
class TextCollector {
public:
    void open(std::string_view name) {
        if (name == "rPh") phonetic_ = true;
        if (name == "t") in_text_ = !phonetic_;
    }
    void close(std::string_view name) {
        if (name == "rPh") phonetic_ = false;
        if (name == "t") in_text_ = false;
    }
    void text(std::string_view piece) {
        if (in_text_) text_ += piece;
    }
    std::string take() { return unescaped(std::exchange(text_, {})); }

private:
    std::string text_;
    bool in_text_ = false, phonetic_ = false;
};

struct StringsReader : XmlReader {
    std::vector<std::string> strings;

    void open(std::string_view name, const XmlAttributes&) override { collector_.open(name); }
    void close(std::string_view name) override {
        collector_.close(name);
        if (name == "si") strings.push_back(collector_.take());
    }
    void text(std::string_view piece) override { collector_.text(piece); }

private:
    TextCollector collector_;
};

struct Workbook {
    std::vector<std::string> strings;
    std::vector<CellFormat> formats;
    DateSystem dates = DateSystem::from_1900;
};

class SheetReader : public XmlReader {
public:
    SheetReader(const Workbook& workbook, const XlsxLimits& limits, const std::string& file, const std::string& part,
                std::vector<Fault>& faults, SheetText& sheet)
        : workbook_(workbook), limits_(limits), file_(file), part_(part), faults_(faults), sheet_(sheet) {}

    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "row") return open_row(attributes);
        if (name == "mergeCell") return merged(attributes.text("ref"));
        if (!in_row_) return;
        if (name == "c") return open_cell(attributes);
        if (name == "f") formula_ = true;
        if (name == "is") in_string_ = true;
        if (name == "v") in_value_ = has_value_ = true;
        if (in_string_) collector_.open(name);
    }

    void close(std::string_view name) override {
        if (name == "row") return close_row();
        if (!in_row_) return;
        if (in_string_) collector_.close(name);
        if (name == "is") in_string_ = false;
        if (name == "v") in_value_ = false;
        if (name == "c") close_cell();
    }

    void text(std::string_view piece) override {
        if (in_value_) value_ += piece;
        if (in_string_) collector_.text(piece);
    }

    bool has_heading() const { return heading_row_ > 0; }

private:
    void open_row(const XmlAttributes& attributes) {
        int row = row_ + 1;
        if (const auto r = attributes.find("r")) std::from_chars(r->data(), r->data() + r->size(), row);
        if (row <= row_ || row > 1'048'576) throw Problem("xlsx.damaged", {{"part", part_}});
        row_ = row;
        column_ = 0;
        in_row_ = true;
        cells_.clear();
    }

    void open_cell(const XmlAttributes& attributes) {
        if (++cell_count_ > limits_.cells)
            throw Problem("xlsx.too-many-cells", {{"limit", std::to_string(limits_.cells)}});
        CellPlace place{row_, column_ + 1};
        if (const auto r = attributes.find("r")) place = cell_place(*r).value_or(CellPlace{0, 0});
        if (place.row != row_ || place.column <= column_) throw Problem("xlsx.damaged", {{"part", part_}});
        column_ = place.column;
        type_ = attributes.text("t");
        std::size_t style = 0;
        const auto s = attributes.text("s");
        std::from_chars(s.data(), s.data() + s.size(), style);
        format_ = style < workbook_.formats.size() ? workbook_.formats[style] : CellFormat{};
        formula_ = has_value_ = false;
        value_.clear();
    }

    void close_cell() {
        auto text = cell_text();
        if (!text.empty()) cells_.emplace_back(column_, std::move(text));
    }

    std::string cell_text() {
        if (type_ == "inlineStr") return collector_.take();
        if (formula_ && (!has_value_ || (value_.empty() && type_ != "str")))
            return fault("xlsx.formula-without-result");
        if (type_ == "str") return unescaped(value_);
        if (value_.empty()) return "";
        if (type_ == "s") return shared_string();
        if (type_ == "b") return value_ == "true" ? "1" : value_ == "false" ? "0" : value_;
        if (type_ == "e") return fault("xlsx.error-cell", {{"error", value_}});
        if (type_ == "d") return value_.ends_with("T00:00:00") ? value_.substr(0, 10) : value_;
        return number();
    }

    std::string shared_string() {
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
        if (error != std::errc() || end != value_.data() + value_.size() || index >= workbook_.strings.size())
            throw Problem("xlsx.damaged", {{"part", "sharedStrings"}});
        return workbook_.strings[index];
    }

    std::string number() {
        if (format_.shows != Shows::number && format_.shows != Shows::padded) {
            const auto date = date_shown(value_, format_, workbook_.dates);
            return date ? *date : fault("xlsx.date", {{"number", value_}});
        }
        auto number = exact_number(value_);
        if (!number) return fault("xlsx.number", {{"number", value_}});
        const auto digits = static_cast<std::size_t>(format_.digits);
        const bool whole = number->find_first_not_of("0123456789") == number->npos;
        if (whole && number->size() < digits) number->insert(0, digits - number->size(), '0');
        return *number;
    }

    void close_row() {
        in_row_ = false;
        if (cells_.empty()) return;
        if (!has_heading()) return heading();
        std::vector<std::string> fields(columns_.size());
        bool any = false;
        for (auto& [column, text] : cells_) {
            const auto at = std::lower_bound(columns_.begin(), columns_.end(), column);
            if (at == columns_.end() || *at != column) {
                outside(column);
                continue;
            }
            fields[static_cast<std::size_t>(at - columns_.begin())] = std::move(text);
            any = true;
        }
        if (!any) return;
        sheet_.add_row(row_, fields);
        if (sheet_.csv.size() > limits_.text_bytes)
            throw Problem("xlsx.too-large", {{"limit", std::to_string(limits_.text_bytes >> 20)}});
    }

    void heading() {
        heading_row_ = row_;
        for (const auto& [column, text] : cells_) columns_.push_back(column);
        sheet_.add_heading(row_, cells_);
    }

    /// A note beside the table. Said once a column: it is not read, and somebody may have thought it is.
    void outside(int column) {
        if (std::find(told_.begin(), told_.end(), column) != told_.end()) return;
        told_.push_back(column);
        add_fault("xlsx.no-heading", row_, column, {{"cell", cell_name(row_, column)}}, true);
    }

    /// Only the first of merged cells has a value; what the others mean is the author's to say.
    void merged(std::string_view range) {
        const auto colon = range.find(':');
        const auto first = cell_place(range.substr(0, colon));
        const auto last = colon == range.npos ? first : cell_place(range.substr(colon + 1));
        if (!first || !last) throw Problem("xlsx.damaged", {{"part", part_}});
        if (!has_heading() || last->row < heading_row_ || first->row > row_) return;
        const auto at = std::lower_bound(columns_.begin(), columns_.end(), first->column);
        if (at == columns_.end() || *at > last->column) return;
        add_fault("xlsx.merged", first->row, first->column, {{"cells", std::string(range)}});
    }

    std::string fault(const char* code, Arguments arguments = {}) {
        arguments["cell"] = cell_name(row_, column_);
        add_fault(code, row_, column_, std::move(arguments));
        return "?";  // not empty: the row is there
    }

    void add_fault(const char* code, int row, int column, Arguments arguments, bool warning = false) {
        if (faults_.size() < max_faults) faults_.push_back({file_, row, column, code, std::move(arguments), warning});
    }

    const Workbook& workbook_;
    const XlsxLimits& limits_;
    const std::string& file_;
    const std::string& part_;
    std::vector<Fault>& faults_;
    SheetText& sheet_;

    int row_ = 0, column_ = 0, heading_row_ = 0;
    std::uint64_t cell_count_ = 0;
    bool in_row_ = false, in_value_ = false, in_string_ = false;
    bool formula_ = false, has_value_ = false;
    std::string type_, value_;
    CellFormat format_;
    TextCollector collector_;
    std::vector<std::pair<int, std::string>> cells_;
    std::vector<int> columns_, told_;
};

/// The part that the package names as its main document: usually xl/workbook.xml.
std::string workbook_part(XlsxPackage& package) {
    for (const auto& [id, relation] : package.relations("")) {
        if (relation.type != "officeDocument") continue;
        if (relation.part.ends_with(".bin")) throw Problem("xlsx.binary-workbook");
        return relation.part;
    }
    throw Problem("xlsx.not-a-workbook");
}

struct ChosenSheet {
    std::string name, part;
    std::size_t others = 0;  // visible ones that are not read
};

Workbook read_parts(XlsxPackage& package, ChosenSheet& chosen) {
    Workbook workbook;
    const auto main = workbook_part(package);
    WorkbookReader names;
    package.read(main, names);
    workbook.dates = names.dates;
    const auto relations = package.relations(main);
    for (const auto& sheet : names.sheets) {
        const auto found = relations.find(sheet.relation);
        if (sheet.hidden || found == relations.end() || found->second.type != "worksheet") continue;
        if (chosen.part.empty())
            chosen = {sheet.name, found->second.part};
        else
            ++chosen.others;
    }
    if (names.sheets.empty()) throw Problem("xlsx.not-a-workbook");  // a text document, a presentation
    if (chosen.part.empty()) throw Problem("xlsx.no-sheet");
    for (const auto& [id, relation] : relations) {
        if (relation.type == "sharedStrings") {
            StringsReader reader;
            package.read(relation.part, reader);
            workbook.strings = std::move(reader.strings);
        }
        if (relation.type == "styles") {
            StylesReader reader;
            package.read(relation.part, reader);
            workbook.formats = std::move(reader.formats);
        }
    }
    return workbook;
}

}  // namespace

std::optional<SheetText> read_xlsx(std::string_view bytes, const std::string& file, std::vector<Fault>& faults,
                                   const XlsxLimits& limits) {
    SheetText text;
    std::vector<Fault> found;
    try {
        XlsxPackage package(bytes, limits);
        ChosenSheet chosen;
        const auto workbook = read_parts(package, chosen);
        text.sheet = chosen.name;
        if (chosen.others > 0) {
            const Arguments arguments{{"sheet", chosen.name}, {"others", std::to_string(chosen.others)}};
            found.push_back({file, 0, 0, "xlsx.other-sheets", arguments, true});
        }
        SheetReader reader(workbook, limits, file, chosen.part, found, text);
        package.read(chosen.part, reader);
        if (!reader.has_heading()) throw Problem("xlsx.empty", {{"sheet", chosen.name}});
    } catch (const Problem& problem) {
        found.push_back({file, 0, 0, problem.code, problem.arguments});
    }
    const bool refused = std::any_of(found.begin(), found.end(), [](const Fault& fault) { return !fault.warning; });
    faults.insert(faults.end(), found.begin(), found.end());
    if (refused) return std::nullopt;
    return text;
}

bool is_spreadsheet(std::string_view bytes, const std::string& file) {
    std::string name = file.substr(file.find_last_of("/\\") + 1);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto* ending : {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}) {
        if (name.ends_with(ending)) return true;  // read_xlsx says what is wrong with the others
    }
    if (looks_like_office_file(bytes)) throw Problem("xlsx.named-otherwise");
    return false;
}

}  // namespace guidon::files
