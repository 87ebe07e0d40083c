#include "tests/fuzz/mutate.h"

#include <array>
#include <string_view>

#include "tests/connectors_sheet/xlsx_maker.h"

namespace fuzz {
namespace {

constexpr std::size_t kChangesMax = 8;
constexpr std::size_t kRunMax = 64;
constexpr std::size_t kRepeatMax = 2'000;
constexpr std::size_t kBytesMax = std::size_t{1} << 20;

// What parsers stumble over.
constexpr auto kTokens =
    std::to_array<std::string_view>({"\"",
                                     ",",
                                     ";",
                                     "\t",
                                     "\r",
                                     "\n",
                                     "\r\n",
                                     "''",
                                     "\xEF\xBB\xBF",
                                     "\xFF\xFE",
                                     "\xC3",
                                     "<",
                                     ">",
                                     "</",
                                     "/>",
                                     "&",
                                     "&amp;",
                                     "&#0;",
                                     "&#x110000;",
                                     "&lol;",
                                     "<![CDATA[",
                                     "]]>",
                                     "<!--",
                                     "-->",
                                     "<!DOCTYPE a [<!ENTITY lol \"lol\">]>",
                                     "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
                                     "<row r=\"1048577\">",
                                     "<c r=\"XFD1\">",
                                     "<c r=\"AAAA1\" t=\"s\">",
                                     "<v>4294967295</v>",
                                     "<v>-1</v>",
                                     "<v>1e308</v>",
                                     "<v>NaN</v>",
                                     "<t>",
                                     "</row>",
                                     "</sheetData>",
                                     "PK\x03\x04",
                                     "PK\x01\x02",
                                     "PK\x05\x06",
                                     "18446744073709551616",
                                     "9223372036854775807",
                                     "-0",
                                     "0.5",
                                     "1e9",
                                     "31/02/2026",
                                     "SA",
                                     "tr",
                                     "k",
                                     "x"});

}  // namespace

std::size_t Mutator::below(std::size_t end) {
  return end == 0 ? 0 : static_cast<std::size_t>(random_() % end);
}

void Mutator::once(std::string& bytes) {
  const auto at = below(bytes.size() + 1);
  const auto run = below(kRunMax) + 1;
  switch (below(8)) {
    case 0:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
      break;
    case 1:
      if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
      break;
    case 2:
      bytes.erase(at, run);
      break;
    case 3:
      bytes.resize(at);
      break;
    case 4:
      bytes.insert(at, bytes.substr(below(bytes.size() + 1), run));
      break;
    case 5: {
      std::string many;
      const auto token = kTokens[below(kTokens.size())];
      for (auto left = below(kRepeatMax); left > 0; --left) many += token;
      bytes.insert(at, many);
      break;
    }
    default:
      bytes.insert(at, kTokens[below(kTokens.size())]);
  }
}

std::string Mutator::broken_text(std::string bytes) {
  // Half of them by one change only: those come farthest.
  for (auto left = below(2) == 0 ? 1 : below(kChangesMax) + 1; left > 0 && bytes.size() < kBytesMax;
       --left) {
    once(bytes);
  }
  return bytes;
}

std::string Mutator::broken(const Seed& seed) {
  if (seed.parts.empty() || below(3) == 0) return broken_text(seed.bytes);
  auto parts = seed.parts;
  auto& [name, xml] = parts[below(parts.size())];
  xml = broken_text(std::move(xml));
  return sheet_test::zip_of(parts);
}

}  // namespace fuzz
