#pragma once
// Vietnamese text from before Unicode: known by the cell's font or by which reading gives
// Vietnamese syllables, column by column. Where that leaves a doubt, a person is asked; nothing is
// guessed.
//
// A byte of such a text stands as its Windows-1252 character: "laïp xöôûng" is VNI, "l¹p x­ëng"
// TCVN3 (ABC). Text with letters that only Unicode has (ư, ạ…) is never read again.
//   capitals of a TCVN3 capital font come out in lower case
// Nothing here throws. Threads: safe. Source: reference of Vietnamese text §6.5 (2026-09); TCVN
// 5712-1 as glibc's iconv decodes it; Windows-1258.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/sheet/row_source.h"

namespace connectors::common {

enum class Coding { as_it_is, tcvn3, vni, cp1258 };
std::string_view coding_name(Coding coding);  // "TCVN3 (ABC)"
// "unicode", "tcvn3", "vni" or "cp1258", as an account's option says it.
std::optional<Coding> coding_from(std::string_view text);

// Bytes as their Windows-1252 characters.
std::string text_of_bytes(std::string_view bytes);
// The text in `coding`, NFC. Characters that the coding does not know stay.
std::string decode(std::string_view text, Coding coding);
// Letters beyond ASCII, and none that only Unicode has: it may be an old coding.
bool may_be_legacy(std::string_view text);
// A Vietnamese syllable, as by its onset, rhyme and tone. NFC, any case.
bool is_syllable(std::string_view word);

// What the cells of one column are written in.
class TextColumn {
 public:
  void add(std::string_view cell, CellMark mark);
  // The coding of the cells that could be an old one. Error: a doubt, with both readings, named
  // unsure_coding.
  base::Result<Coding> decide(std::string_view column_name) const;

 private:
  struct Score {
    int words = 0;
    std::array<int, 4> valid{};  // by Coding
    bool bytes = false;
    std::string example;
  };
  Score score_;
};

// One cell by its column's coding; the font wins, and Unicode stays.
std::string read_cell(std::string_view cell, CellMark mark, Coding coding);
// Every way the cell can be read, the likeliest first; for cells that are looked up in a table.
std::vector<std::string> readings(std::string_view cell, CellMark mark);

}  // namespace connectors::common
