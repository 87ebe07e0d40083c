// The three old codings as tables over Windows-1252 characters.
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "connectors/common/sheet/legacy_text.h"
#include "connectors/common/sheet/points.h"

namespace connectors::common {
namespace {

// Windows-1252, 0x80 to 0x9F; 0: no character.
constexpr char32_t kWindows1252[] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// TCVN 5712-1 from 0xA1 to 0xFF. B0 to B4 are combining tones; AF, C0 to C2, C4, C5 and some more
// are capitals with a tone.
constexpr std::u32string_view kTcvn =
    U"ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    U"ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";

struct Swap {
  char32_t seen;
  char32_t meant;
};
constexpr Swap kCp1258[] = {{0xC3, U'Ă'},   {0xCC, 0x0300}, {0xD0, U'Đ'},   {0xD2, 0x0309},
                            {0xD5, U'Ơ'},   {0xDD, U'Ư'},   {0xDE, 0x0303}, {0xE3, U'ă'},
                            {0xEC, 0x0301}, {0xF0, U'đ'},   {0xF2, 0x0323}, {0xF5, U'ơ'},
                            {0xFD, U'ư'},   {0xFE, U'₫'}};

char32_t from_tcvn(char32_t seen) {
  const auto at = static_cast<std::size_t>(seen) - 0xA1;
  return seen >= 0xA1 && at < kTcvn.size() ? kTcvn[at] : seen;
}

char32_t from_cp1258(char32_t seen) {
  const auto* known = std::find_if(std::begin(kCp1258), std::end(kCp1258),
                                   [&](const auto& swap) { return swap.seen == seen; });
  return known == std::end(kCp1258) ? seen : known->meant;
}

// VNI writes a letter and then a mark. The marks in lower case; a capital letter has a capital one.
constexpr std::u32string_view kMarks = U"ùøûõïâáàåãäêéèúüë";
struct Composed {
  char32_t letter;
  std::u32string_view with_mark;  // by kMarks; a space: no such letter
};
constexpr Composed kComposed[] = {
    {U'a', U"áàảãạâấầẩẫậăắằẳẵặ"}, {U'e', U"éèẻẽẹêếềểễệ      "}, {U'o', U"óòỏõọôốồổỗộ      "},
    {U'u', U"úùủũụ            "}, {U'y', U"ýỳỷỹỵ            "}, {U'ô', U"ớờởỡợ            "},
    {U'ö', U"ứừửữự            "}, {U'A', U"ÁÀẢÃẠÂẤẦẨẪẬĂẮẰẲẴẶ"}, {U'E', U"ÉÈẺẼẸÊẾỀỂỄỆ      "},
    {U'O', U"ÓÒỎÕỌÔỐỒỔỖỘ      "}, {U'U', U"ÚÙỦŨỤ            "}, {U'Y', U"ÝỲỶỸỴ            "},
    {U'Ô', U"ỚỜỞỠỢ            "}, {U'Ö', U"ỨỪỬỮỰ            "}};
constexpr Swap kVniAlone[] = {{U'ô', U'ơ'}, {U'ö', U'ư'}, {U'Ô', U'Ơ'}, {U'Ö', U'Ư'}, {U'ñ', U'đ'},
                              {U'Ñ', U'Đ'}, {U'í', U'í'}, {U'ì', U'ì'}, {U'æ', U'ỉ'}, {U'ó', U'ĩ'},
                              {U'ò', U'ị'}, {U'Í', U'Í'}, {U'Ì', U'Ì'}, {U'Æ', U'Ỉ'}, {U'Ó', U'Ĩ'},
                              {U'Ò', U'Ị'}, {U'î', U'ỵ'}, {U'Î', U'Ỵ'}};

char32_t small(char32_t point) {
  return point >= 0xC0 && point < 0xDF ? point + 0x20 : point;
}

// The letter and its mark as one; 0: they are none.
char32_t composed(char32_t letter, char32_t mark) {
  const auto* row = std::find_if(std::begin(kComposed), std::end(kComposed),
                                 [&](const auto& known) { return known.letter == letter; });
  const auto at = kMarks.find(small(mark));
  if (row == std::end(kComposed) || at == std::u32string_view::npos) return 0;
  return row->with_mark[at] == U' ' ? 0 : row->with_mark[at];
}

std::u32string from_vni(std::u32string_view seen) {
  std::u32string out;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto both = i + 1 < seen.size() ? composed(seen[i], seen[i + 1]) : 0;
    if (both != 0) {
      out.push_back(both);
      ++i;
      continue;
    }
    const auto* alone = std::find_if(std::begin(kVniAlone), std::end(kVniAlone),
                                     [&](const auto& swap) { return swap.seen == seen[i]; });
    out.push_back(alone == std::end(kVniAlone) ? seen[i] : alone->meant);
  }
  return out;
}

}  // namespace

std::string text_of_bytes(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const auto high = byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : 0;
    append_point(out, high != 0 ? high : byte);
  }
  return out;
}

std::string decode(std::string_view text, Coding coding) {
  auto points = to_points(text);
  switch (coding) {
    case Coding::as_it_is:
      return base::normalise(text);
    case Coding::tcvn3:
      std::transform(points.begin(), points.end(), points.begin(), from_tcvn);
      break;
    case Coding::cp1258:
      std::transform(points.begin(), points.end(), points.begin(), from_cp1258);
      break;
    case Coding::vni:
      points = from_vni(points);
      break;
  }
  return base::normalise(to_utf8(points));
}

bool may_be_legacy(std::string_view text) {
  bool letters = false;
  while (!text.empty()) {
    const auto point = take_point(text);
    const bool only_unicode =
        (point >= 0x0102 && point <= 0x01B0 && point != 0x0152 && point != 0x0153 &&
         point != 0x0160 && point != 0x0161 && point != 0x0178 && point != 0x017D &&
         point != 0x017E && point != 0x0192) ||
        (point >= 0x0300 && point <= 0x036F) || (point >= 0x1EA0 && point <= 0x1EF9);
    if (only_unicode) return false;
    letters = letters || (point >= 0xA1 && point <= 0xFF);
  }
  return letters;
}

}  // namespace connectors::common
