// Which passwords are guessed first? Those made of a word or two from a short list, with some digits or signs around.
//
// The list has what people type most where Guidon is used: English, Vietnamese (without marks), Urdu (in Latin
// letters), keyboards, names of months and of this field. It is not a dictionary: it only has to stop the first few
// thousand guesses, which are all that throttling lets through.
#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace guidon::accounts {
namespace {

constexpr std::string_view listed = R"(
password passwords passwort passwd passphrase pass secret secrets letmein welcome hello login logon signin admin
administrator admins root toor user users username guest test tester testing demo default changeme change please
access master superman batman spiderman pokemon naruto starwars matrix dragon monkey tiger lion eagle falcon wolf
shadow hunter killer ninja pirate wizard magic phoenix princess prince queen king angel angels devil heaven flower
flowers rose lily jasmine butterfly rainbow sunshine sunflower summer winter spring autumn snow ocean river mountain
football soccer baseball basketball cricket tennis hockey liverpool arsenal chelsea barcelona madrid united manchester
chocolate cookie coffee cheese banana apple orange cherry pepper ginger sugar honey sweet sweetheart darling baby
babygirl lovely love loves lover loveme iloveyou ilove myself family mother father mommy daddy mama papa sister
brother friend friends forever always never together happy smile lucky freedom peace truth justice music guitar
piano rock metal computer internet laptop phone mobile android iphone samsung nokia google facebook youtube yahoo
gmail hotmail microsoft windows office excel linux ubuntu debian oracle server database system network security
secure private public money dollar gold golden silver diamond platinum crystal number numbers one two three four five
six seven eight nine zero monday tuesday wednesday thursday friday saturday sunday january february march april may
june july august september october november december today tomorrow year new old michael jennifer jordan jessica
ashley daniel thomas robert george charlie andrew joshua matthew anthony william david john james maria anna
qwerty qwertyuiop qwertyui qwert qwer asdf asdfgh asdfghjkl asdfjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc edcrfv
qweasd qweasdzxc azerty qwertz abc abcd abcde abcdef abcdefg abcdefgh xyz aaa bbb xxx zzz asd qwe zxc
matkhau mat khau mat matma khau bimat bi dangnhap quantri quantrivien nguoidung xinchao chao xin vietnam viet nam
hanoi saigon hochiminh hue danang haiphong cantho quangninh nghean hatinh thanhhoa quangbinh quangtri tphcm anhyeuem
emyeuanh yeuem yeuanh anh yeu iuem iuanh toiyeu toiyeuvietnam conyeu giadinh cuocsong tinhyeu hanhphuc maimai
motminh thuongnho conheo conmeo khongbiet khong biet nothing camon bongda thidua khenthuong danvan danvankheo chibo
dangbo tinhuy huyenuy xaphuong ubnd hdnd matran mttq thang nguyen tran pham hoang phuong huong thanh thuy linh
pakistan pakistani karachi lahore islamabad punjab sindh zindabad allah bismillah inshallah mashallah muhammad
mohammad ali khan jaan janu pyar dost dosti zindagi khuda hafiz salam assalam shukriya mera meri tera khufia
guidon emulation movement commune district province secretary chairman chair council party unit bureau department
committee report reports standing honour honours award awards reporter verifier organiser publisher auditor
پاسورڈ پاس ورڈ خفیہ پاکستان اللہ محبت دوست زندگی خدا حافظ
)";

const std::vector<std::string>& listed_words() {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> all;
        std::istringstream each(folded(listed));
        for (std::string word; each >> word;) all.push_back(word);
        return all;
    }();
    return words;
}

bool is_letter(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z');
}

/// Whether `typed` stands for `letter`, as in "p@ssw0rd".
bool stands_for(char typed, char letter) {
    if (typed == letter) return true;
    switch (letter) {
        case 'a':
            return typed == '@' || typed == '4';
        case 'e':
            return typed == '3';
        case 'i':
        case 'l':
            return typed == '1' || typed == '!';
        case 'o':
            return typed == '0';
        case 's':
            return typed == '$' || typed == '5';
        default:
            return false;
    }
}

bool begins_with(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                    [](char letter, char typed) { return stands_for(typed, letter); });
}

/// How little there is to guess: listed words of their own, and characters that belong to none. The smallest sum
/// counts.
struct Pieces {
    std::set<std::string_view> words;
    std::size_t others = 0;
    bool reached = false;

    std::size_t weight() const { return 4 * words.size() + others; }
};

void improve(Pieces& there, Pieces&& way) {
    if (!there.reached || way.weight() < there.weight()) there = std::move(way);
}

constexpr std::size_t most_words = 2;
constexpr std::size_t most_others = 8;  // "2024", "123!", a date

/// The cheapest way to write `text` as listed words and single characters that are no letters.
Pieces cheapest(std::string_view text) {
    std::vector<Pieces> until(text.size() + 1);
    until[0].reached = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!until[i].reached) continue;
        if (!is_letter(text[i])) {
            Pieces way = until[i];
            ++way.others;
            improve(until[i + 1], std::move(way));
        }
        for (const std::string& word : listed_words()) {
            if (!begins_with(text.substr(i), word)) continue;
            Pieces way = until[i];
            way.words.insert(word);
            improve(until[i + word.size()], std::move(way));
        }
    }
    return until.back();
}

/// "aaaaaaaaaaaa", "123123123123", "abcdefghijkl", "987654321098": every character follows from those before it.
bool is_pattern(std::string_view text) {
    constexpr std::size_t longest_period = 4;
    for (std::size_t period = 1; period <= longest_period; ++period)
        if (text.size() > period &&
            std::equal(text.begin() + static_cast<std::ptrdiff_t>(period), text.end(), text.begin()))
            return true;
    const auto runs = [&](int step) {
        return std::adjacent_find(text.begin(), text.end(), [step](char one, char next) {
                   const bool turns = step > 0 ? one == '9' && next == '0' : one == '0' && next == '9';
                   return next - one != step && !turns;
               }) == text.end();
    };
    return text.size() > 1 && (runs(1) || runs(-1));
}

}  // namespace

/// `folded_password` as guidon::folded gives it.
bool is_common_password(std::string_view folded_password) {
    if (is_pattern(folded_password)) return true;
    const Pieces pieces = cheapest(folded_password.substr(0, 256));
    return pieces.reached && !pieces.words.empty() && pieces.words.size() <= most_words && pieces.others <= most_others;
}

}  // namespace guidon::accounts
