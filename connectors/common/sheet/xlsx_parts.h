#pragma once
// The small parts of a workbook, read before its rows: which sheet, which styles, which shared
// strings. Private to this folder. Shared strings are kept in one block of at most
// kSharedBytesMax; a workbook with more text than that is refused, so memory has a bound.
// Errors: as row_source.h. Threads: safe. Source: ECMA-376 part 1, 18.2, 18.4, 18.8.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/sheet/row_source.h"
#include "connectors/common/sheet/sax_part.h"
#include "connectors/common/sheet/zip_parts.h"

namespace connectors::common {

inline constexpr std::size_t kSheetsMax = 256;
inline constexpr std::size_t kRelationsMax = 2'000;
inline constexpr std::size_t kStylesMax = 65'536;
inline constexpr std::size_t kSharedBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kSharedStringsMax = 1'000'000;
inline constexpr std::size_t kPieceBytes = std::size_t{32} << 10;  // inflated at a time

struct CellStyle {
  bool date = false;
  CellMark font = CellMark::plain;
};
using CellStyles = std::vector<CellStyle>;

class SharedStrings {
 public:
  std::size_t size() const { return ends_.size(); }
  std::string_view text(std::size_t index) const {
    const auto begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
  }
  CellMark mark(std::size_t index) const { return marks_[index]; }
  // False: full.
  bool append(std::string_view more);
  bool close(CellMark mark);

 private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
  std::vector<CellMark> marks_;
};

enum class Epoch { of_1900, of_1904 };

struct XlsxParts {
  std::uint64_t sheet = 0;  // its entry in the archive
  Epoch epoch = Epoch::of_1900;
  CellStyles styles;
  SharedStrings strings;
};

// `sheet_name` in any case and spelling; empty: the first visible sheet. Errors: no_such_sheet too.
base::Result<XlsxParts> read_parts(ZipParts& zip, std::string_view sheet_name);

// A whole part through the sink.
base::Status run_part(ZipParts& zip, std::uint64_t index, SaxSink& sink);
base::Status read_styles(ZipParts& zip, std::uint64_t index, CellStyles& out);
base::Status read_strings(ZipParts& zip, std::uint64_t index, SharedStrings& out);
// ".VnTime" and "VNI-Times" name their coding.
CellMark mark_of_font(std::string_view name);
// "&#38;" is "&".
std::string plain_value(std::string_view attribute);

}  // namespace connectors::common
