#include "connectors/common/sheet/xlsx_cells.h"

#include <optional>

#include "connectors/common/sheet/row_source.h"

namespace connectors::common {
namespace {

constexpr std::uint32_t kStyleMax = 65'535;
constexpr std::size_t kLettersMax = 3;  // "XFD"

// "AB12" -> 27
std::optional<std::uint32_t> column_of(std::string_view reference) {
  std::uint32_t column = 0;
  std::size_t letters = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    if (++letters > kLettersMax) return std::nullopt;
    column = column * 26 + static_cast<std::uint32_t>(c - 'A') + 1;
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

CellKind kind_of(std::string_view type) {
  if (type == "s") return CellKind::shared;
  if (type == "b") return CellKind::boolean;
  if (type == "e") return CellKind::fault;
  return type == "n" ? CellKind::number : CellKind::text;  // str, inlineStr, d
}

}  // namespace

void CellsSink::start(std::string_view name, std::span<const SaxAttribute> attributes) {
  if (!in_data_) {
    in_data_ = name == "sheetData" && !done_;
  } else if (name == "c") {
    start_cell(attributes);
  } else if (name == "v") {
    in_text_ = in_cell_;
  } else if (name == "row") {
    start_row(attributes);
  } else if (name == "rPh") {
    phonetic_ = true;
  } else if (name == "t") {
    in_text_ = in_cell_ && !phonetic_;
  }
}

void CellsSink::end(std::string_view name) {
  if (!in_data_) return;
  if (name == "v" || name == "t") {
    in_text_ = false;
  } else if (name == "c") {
    end_cell();
  } else if (name == "rPh") {
    phonetic_ = false;
  } else if (name == "row") {
    if (cells_.size() > row_begin_)
      rows_.push_back({line_, row_begin_, cells_.size() - row_begin_});
    row_begin_ = cells_.size();
  } else if (name == "sheetData") {
    in_data_ = false;
    done_ = true;
  }
}

void CellsSink::text(std::string_view bytes) {
  if (!in_text_) return;
  cell_.size += static_cast<std::uint32_t>(bytes.size());
  row_bytes_ += bytes.size();
  if (cell_.size > kCellBytesMax || row_bytes_ > kRowBytesMax) {
    return fail(sheet_error("cell_too_long", "dòng " + std::to_string(line_) + ": ô quá dài",
                            "row " + std::to_string(line_) + ": a cell is too long"));
  }
  block_.append(bytes);
}

void CellsSink::start_row(std::span<const SaxAttribute> attributes) {
  const auto said = whole_number(attribute(attributes, "r").value_or(""), kRowsMax);
  const auto line = said ? static_cast<int>(*said) : line_ + 1;
  line_ = line > line_ ? line : line_ + 1;
  if (line_ > kRowsMax) {
    fail(sheet_error("too_many_rows", "quá 1048576 dòng", "more than 1048576 rows"));
  }
  next_column_ = 0;
  row_bytes_ = 0;
}

void CellsSink::start_cell(std::span<const SaxAttribute> attributes) {
  cell_ = RawCell{};
  cell_.column = next_column_;
  for (const auto& [name, value] : attributes) {
    if (name == "r") {
      cell_.column = column_of(value).value_or(next_column_);
    } else if (name == "s") {
      cell_.style = whole_number(value, kStyleMax).value_or(0);
    } else if (name == "t") {
      cell_.kind = kind_of(value);
    }
  }
  cell_.begin = static_cast<std::uint32_t>(block_.size());
  next_column_ = cell_.column + 1;
  in_cell_ = true;
}

// A cell that is only coloured is none.
void CellsSink::end_cell() {
  in_cell_ = false;
  if (cell_.size == 0) return;
  const bool too_wide = cell_.column >= kColumnsMax || cells_.size() - row_begin_ >= kColumnsMax;
  if (too_wide) {
    return fail(sheet_error("too_many_columns", "dòng " + std::to_string(line_) + ": quá 512 cột",
                            "row " + std::to_string(line_) + ": more than 512 columns"));
  }
  cells_.push_back(cell_);
}

// The cells of a row that is still being read move to the front.
void CellsSink::forget() {
  rows_.clear();
  taken_ = 0;
  const auto keep_from = row_begin_ < cells_.size() ? cells_[row_begin_].begin
                         : in_cell_                 ? cell_.begin
                                                    : static_cast<std::uint32_t>(block_.size());
  cells_.erase(cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(row_begin_));
  block_.erase(0, keep_from);
  for (auto& cell : cells_) cell.begin -= keep_from;
  if (in_cell_) cell_.begin -= keep_from;
  row_begin_ = 0;
}

}  // namespace connectors::common
