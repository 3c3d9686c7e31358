// What is in a printed work – a book of exemplars, later a report –, before anybody decides how it is written as a
// file? Title, parts, chapters, pictures, indexes; each text knows its language, from which script, font and direction
// follow. docx_write.h and pdf_write.h write it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace guidon::files {

/// A text and the language that it is in.
struct Said {
    std::string text;
    Language language = Language::en;

    bool empty() const { return text.empty(); }
};

/// One row of the table below a chapter's heading: "Place" – "Ky Anh".
struct Fact {
    Said name;
    Said value;
};

struct Picture {
    std::string bytes;  // PNG or JPEG
    Said caption;
    Said credit;  // who took it
};

/// Under which word one of the work's indexes names a chapter.
struct Term {
    Said said;
    std::size_t index = 0;  // which of Paper::indexes
};

struct Chapter {
    Said heading;
    Said byline;
    std::vector<Fact> facts;
    std::vector<Said> paragraphs;
    std::vector<Picture> pictures;
    std::vector<Term> terms;
};

struct Part {
    Said heading;  // empty: its chapters follow without a heading above them
    Said lede;
    std::vector<Chapter> chapters;
};

struct Paper {
    Language language = Language::en;  // of the work as a whole: its direction, the order of its indexes
    Said title;
    Said subtitle;
    std::vector<Said> imprint;  // lines at the foot of the title page: who issued it, by which document
    Said author;                // for the file's properties: who issued it
    Said contents;              // heading of the table of contents
    std::vector<Part> parts;
    std::vector<Said> indexes;   // their headings: "Index of units", "Index of persons"
    std::int64_t at_utc_ms = 0;  // stands in the file as the time of its making: the same work, the same bytes
};

/// One line of an index: a term and the chapters that it names, counted through all parts from 0.
struct IndexLine {
    Said term;
    std::vector<std::size_t> chapters;
};
/// Ordered as the work's language collates; a term that two chapters share is one line.
std::vector<IndexLine> index_lines(const Paper& paper, std::size_t index);

enum class PictureKind { png, jpeg };
struct PictureSize {
    PictureKind kind;
    int width;  // pixels
    int height;
};
/// Reads a picture's header. Throws Problem "paper.picture" for anything but PNG and JPEG, "paper.picture-size" for one
/// of more than 50 million pixels.
PictureSize picture_size(std::string_view bytes);

}  // namespace guidon::files
