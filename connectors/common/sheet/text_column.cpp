#include <algorithm>

#include "base/text.h"
#include "connectors/common/sheet/legacy_text.h"
#include "connectors/common/sheet/points.h"

namespace connectors::common {
namespace {

constexpr std::array<Coding, 4> kCodings = {Coding::as_it_is, Coding::tcvn3, Coding::vni,
                                            Coding::cp1258};
constexpr std::size_t kWordBytesMax = 64;
constexpr std::size_t kCellLookMax = 4'096;
constexpr int kWordsMax = 4000;      // more say nothing new
constexpr int kSurePercent = 80;     // of the words are Vietnamese
constexpr int kMarginPercent = 20;   // above the next best reading
constexpr int kForeignPercent = 50;  // below: no reading is Vietnamese, it is left alone

std::size_t index(Coding coding) {
  return static_cast<std::size_t>(coding);
}

// Words end at what is neither an ASCII letter nor beyond ASCII.
bool ends_word(char32_t point) {
  const bool letter = (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
  return point == 0xA0 || (point < 0x80 && !letter) || (point >= 0x2010 && point <= 0x2026);
}

// A sign on its own ("Ø 20 cm") is no word.
template <typename Use>
void each_word(std::string_view text, Use use) {
  std::string word;
  bool high = false;
  int letters = 0;
  const auto end = [&] {
    if (high && letters > 1 && word.size() <= kWordBytesMax) use(word);
    word.clear();
    letters = 0;
    high = false;
  };
  while (!text.empty()) {
    const auto point = take_point(text);
    if (ends_word(point)) {
      end();
      continue;
    }
    high = high || point >= 0x80;
    append_point(word, point);
    ++letters;
  }
  end();
}

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::optional<Coding> by_font(CellMark mark) {
  if (mark == CellMark::font_vni) return Coding::vni;
  if (mark == CellMark::font_tcvn3) return Coding::tcvn3;
  return std::nullopt;
}

}  // namespace

std::string_view coding_name(Coding coding) {
  switch (coding) {
    case Coding::as_it_is:
      return "Unicode";
    case Coding::tcvn3:
      return "TCVN3 (ABC)";
    case Coding::vni:
      return "VNI";
    case Coding::cp1258:
      return "Windows-1258";
  }
  return {};
}

std::optional<Coding> coding_from(std::string_view text) {
  if (text == "unicode") return Coding::as_it_is;
  if (text == "tcvn3") return Coding::tcvn3;
  if (text == "vni") return Coding::vni;
  if (text == "cp1258") return Coding::cp1258;
  return std::nullopt;
}

void TextColumn::add(std::string_view cell, CellMark mark) {
  if (by_font(mark) || score_.words >= kWordsMax || !may_be_legacy(cell)) return;
  score_.bytes = score_.bytes || mark == CellMark::bytes;
  if (cell.size() > kCellLookMax) return;  // no name and no status word
  each_word(cell, [&](const std::string& word) {
    ++score_.words;
    for (const auto coding : kCodings) {
      if (is_syllable(decode(word, coding))) ++score_.valid[index(coding)];
    }
  });
  if (score_.example.empty()) score_.example = base::shorten(cell, 40);
}

base::Result<Coding> TextColumn::decide(std::string_view column_name) const {
  if (score_.words == 0) return Coding::as_it_is;
  const auto percent = [&](Coding coding) {
    return score_.valid[index(coding)] * 100 / score_.words;
  };
  // Bytes that are no UTF-8 are some old coding, so "as it is" is none of the answers.
  if (!score_.bytes && percent(Coding::as_it_is) == 100) return Coding::as_it_is;
  auto ranked = kCodings;
  const auto first = score_.bytes ? std::next(ranked.begin()) : ranked.begin();
  std::stable_sort(first, ranked.end(),
                   [&](Coding a, Coding b) { return percent(a) > percent(b); });
  const auto best = *first;
  const auto second = *std::next(first);
  if (percent(best) >= kSurePercent && percent(best) - percent(second) >= kMarginPercent) {
    return best;
  }
  if (!score_.bytes && percent(best) < kForeignPercent) return Coding::as_it_is;
  const auto reading = [&](Coding coding) {
    return quoted(decode(score_.example, coding)) + " (" + std::string(coding_name(coding)) + ")";
  };
  const auto both = reading(best) + ", " + reading(second);
  return sheet_error(
      "unsure_coding",
      "cột " + quoted(column_name) + ", giá trị " + quoted(score_.example) +
          ": phông chữ cũ, đọc thành " + both + "? Hãy lưu lại dạng Unicode hoặc đặt legacy_text",
      "an old font, read as which of the two? Save it as Unicode or set legacy_text");
}

std::string read_cell(std::string_view cell, CellMark mark, Coding coding) {
  if (!may_be_legacy(cell)) return std::string(cell);
  return decode(cell, by_font(mark).value_or(coding));
}

std::vector<std::string> readings(std::string_view cell, CellMark mark) {
  std::vector<std::string> out = {std::string(cell)};
  if (!may_be_legacy(cell)) return out;
  if (const auto font = by_font(mark)) out.insert(out.begin(), decode(cell, *font));
  for (const auto coding : {Coding::tcvn3, Coding::vni, Coding::cp1258}) {
    out.push_back(decode(cell, coding));
  }
  return out;
}

}  // namespace connectors::common
