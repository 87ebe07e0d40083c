// What a Vietnamese syllable can be: an onset, a rhyme, one tone. The lists are the language's own.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "connectors/common/sheet/legacy_text.h"
#include "connectors/common/sheet/points.h"

namespace connectors::common {
namespace {

constexpr std::size_t kSyllablePointsMax = 7;  // "nghiêng"

// Longest first: "ngh" before "ng" before "n".
constexpr auto kOnsets = std::to_array<std::u32string_view>(
    {U"ngh", U"ng", U"nh", U"ch", U"gh", U"gi", U"kh", U"ph", U"qu", U"th",
     U"tr",  U"b",  U"c",  U"d",  U"đ",  U"g",  U"h",  U"k",  U"l",  U"m",
     U"n",   U"p",  U"r",  U"s",  U"t",  U"v",  U"x",  U""});

// Without the tone.
constexpr auto kRhymes = std::to_array<std::u32string_view>(
    {U"a",    U"ac",   U"ach",  U"ai",   U"am",   U"an",   U"ang",  U"anh",  U"ao",   U"ap",
     U"at",   U"au",   U"ay",   U"ăc",   U"ăm",   U"ăn",   U"ăng",  U"ăp",   U"ăt",   U"âc",
     U"âm",   U"ân",   U"âng",  U"âp",   U"ât",   U"âu",   U"ây",   U"e",    U"ec",   U"em",
     U"en",   U"eng",  U"eo",   U"ep",   U"et",   U"ê",    U"êch",  U"êm",   U"ên",   U"êng",
     U"ênh",  U"êp",   U"êt",   U"êu",   U"i",    U"ia",   U"ich",  U"im",   U"in",   U"inh",
     U"ip",   U"it",   U"iu",   U"iêc",  U"iêm",  U"iên",  U"iêng", U"iêp",  U"iêt",  U"iêu",
     U"o",    U"oa",   U"oac",  U"oach", U"oai",  U"oam",  U"oan",  U"oang", U"oanh", U"oao",
     U"oap",  U"oat",  U"oay",  U"oăc",  U"oăm",  U"oăn",  U"oăng", U"oăt",  U"oe",   U"oen",
     U"oeo",  U"oet",  U"oc",   U"oi",   U"om",   U"on",   U"ong",  U"ooc",  U"oong", U"op",
     U"ot",   U"ô",    U"ôc",   U"ôi",   U"ôm",   U"ôn",   U"ông",  U"ôp",   U"ôt",   U"ơ",
     U"ơi",   U"ơm",   U"ơn",   U"ơp",   U"ơt",   U"u",    U"ua",   U"uc",   U"ui",   U"um",
     U"un",   U"ung",  U"up",   U"ut",   U"uân",  U"uâng", U"uât",  U"uây",  U"uê",   U"uêch",
     U"uênh", U"uôc",  U"uôi",  U"uôm",  U"uôn",  U"uông", U"uôt",  U"uơ",   U"uy",   U"uya",
     U"uych", U"uyên", U"uyêt", U"uyn",  U"uynh", U"uyt",  U"uyu",  U"ư",    U"ưa",   U"ưc",
     U"ưi",   U"ưm",   U"ưn",   U"ưng",  U"ưt",   U"ưu",   U"ươc",  U"ươi",  U"ươm",  U"ươn",
     U"ương", U"ươp",  U"ươt",  U"ươu",  U"y",    U"yêm",  U"yên",  U"yêng", U"yêt",  U"yêu",
     U"ych",  U"ynh",  U"yt"});

struct Toned {
  std::u32string_view letters;
  std::u32string_view plain;
};
// Capitals and tones away; one row for each tone.
constexpr std::array<Toned, 6> kTones = {
    {{U"ĂÂÊÔƠƯĐ", U"ăâêôơưđ"},
     {U"àằầèềìòồờùừỳÀẰẦÈỀÌÒỒỜÙỪỲ", U"aăâeêioôơuưyaăâeêioôơuưy"},
     {U"áắấéếíóốớúứýÁẮẤÉẾÍÓỐỚÚỨÝ", U"aăâeêioôơuưyaăâeêioôơuưy"},
     {U"ảẳẩẻểỉỏổởủửỷẢẲẨẺỂỈỎỔỞỦỬỶ", U"aăâeêioôơuưyaăâeêioôơuưy"},
     {U"ãẵẫẽễĩõỗỡũữỹÃẴẪẼỄĨÕỖỠŨỮỸ", U"aăâeêioôơuưyaăâeêioôơuưy"},
     {U"ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ", U"aăâeêioôơuưyaăâeêioôơuưy"}}};

// Lower case without tone; counts the tones.
char32_t plain(char32_t point, int& tones) {
  if (point >= U'A' && point <= U'Z') return point + 0x20;
  for (std::size_t tone = 0; tone < kTones.size(); ++tone) {
    const auto at = kTones[tone].letters.find(point);
    if (at == std::u32string_view::npos) continue;
    if (tone > 0) ++tones;
    return kTones[tone].plain[at];
  }
  return point;
}

bool is_rhyme(std::u32string_view text) {
  return std::find(kRhymes.begin(), kRhymes.end(), text) != kRhymes.end();
}

}  // namespace

bool is_syllable(std::string_view word) {
  auto points = to_points(word);
  if (points.empty() || points.size() > kSyllablePointsMax) return false;
  int tones = 0;
  for (auto& point : points) point = plain(point, tones);
  if (tones > 1) return false;
  const std::u32string_view text(points);
  return std::any_of(kOnsets.begin(), kOnsets.end(), [&](auto onset) {
    return text.starts_with(onset) && is_rhyme(text.substr(onset.size()));
  });
}

}  // namespace connectors::common
