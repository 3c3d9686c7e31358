// A small printed work in three scripts, for the tests of both writers.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "files/paper.h"

namespace guidon::files {

inline std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline Said en(std::string text) {
    return {std::move(text), Language::en};
}
inline Said vi(std::string text) {
    return {std::move(text), Language::vi};
}
inline Said ur(std::string text) {
    return {std::move(text), Language::ur};
}

inline Chapter vietnamese_chapter() {
    return {.heading = vi("Tuyến đường hoa tự quản của Chi hội Phụ nữ thôn Hưng Phú"),
            .byline = vi("Văn phòng Đảng ủy xã Kỳ Anh biên tập"),
            .facts = {{vi("Lĩnh vực"), vi("Xây dựng nông thôn mới")}, {vi("Đơn vị"), vi("Kỳ Anh, Hà Tĩnh")}},
            .paragraphs =
                {vi("Trước đây, hai bên đường trục thôn cỏ mọc um tùm. Chi hội đã vận động 120 hộ cùng trồng hoa, "
                    "mỗi hộ chăm sóc 15 mét; đến nay 2,4 km đường đã có hoa quanh năm."),
                 vi("Mô hình được 40 đơn vị học tập và nhân rộng trong hai năm.")},
            .pictures = {{bytes_of("tests/pictures/field.jpg"), vi("Đường hoa buổi sáng"), vi("Ảnh: Văn phòng xã")}},
            .terms = {{vi("Kỳ Anh"), 0}, {vi("Đảng ủy xã Kỳ Anh"), 0}}};
}

inline Chapter urdu_chapter() {
    return {.heading = ur("پھولوں والی سڑک: خواتین کی شاخ کا مثالی ماڈل"),
            .byline = ur("دفتر، کمیون Kỳ Anh"),
            .facts = {{ur("شعبہ"), ur("نیا دیہی علاقہ")}, {ur("اکائی"), vi("Kỳ Anh, Hà Tĩnh")}},
            .paragraphs =
                {ur("پہلے سڑک کے دونوں طرف جھاڑیاں تھیں۔ شاخ نے 120 گھرانوں کو ساتھ ملایا اور ہر گھرانے نے 15 میٹر پر "
                    "پھول لگائے؛ اب 2024 میں قابلِ تقلید مثال کے طور پر عوامی تحرّک کا یہ کام جاری ہے۔"),
                 ur("یہ ماڈل دو سال میں چالیس اکائیوں نے اپنایا۔")},
            .pictures = {},
            .terms = {{vi("Kỳ Anh"), 0}, {ur("خواتین کی شاخ"), 0}}};
}

inline Chapter english_chapter() {
    return {.heading = en("A fund that lends tools"),
            .byline = en("Secretary, Ky Anh"),
            .facts = {{en("Field"), en("Economy")}},
            .paragraphs = {en("Families borrow what they need for a season and give it back cleaned and mended.")},
            .pictures = {{bytes_of("tests/pictures/bars.png"), en("Tools lent by quarter"), en("")}},
            .terms = {{en("Ky Anh Women's Union"), 0}}};
}

inline Paper sample(Language language) {
    Paper paper{.language = language, .at_utc_ms = 1'710'403'200'000};
    const bool urdu = language == Language::ur;
    paper.title = urdu ? ur("ایک سو مثالی ماڈل") : vi("Một trăm mô hình, điển hình tiêu biểu");
    paper.subtitle = urdu ? ur("سال 2021 تا 2025") : vi("Giai đoạn 2021–2025");
    paper.imprint = {urdu ? ur("مرکزی دفتر") : vi("Ban Dân vận"), vi("Kế hoạch số 26-KH/BCĐ")};
    paper.author = vi("Ban Dân vận");
    paper.contents = urdu ? ur("فہرست") : vi("Mục lục");
    paper.indexes = {urdu ? ur("اشاریہ") : vi("Bảng tra")};
    Part first, second;
    first.heading = urdu ? ur("معاشرت") : vi("Văn hóa – xã hội");
    first.chapters = {vietnamese_chapter(), urdu_chapter()};
    second.heading = en("Economy");
    second.chapters = {english_chapter()};
    paper.parts = {first, second};
    return paper;
}

}  // namespace guidon::files
