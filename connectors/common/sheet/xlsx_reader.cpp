#include "connectors/common/sheet/xlsx_reader.h"

#include "base/text.h"
#include "connectors/common/sheet/xlsx_cells.h"
#include "connectors/common/sheet/xlsx_parts.h"
#include "connectors/common/sheet/xlsx_values.h"
#include "connectors/common/sheet/zip_parts.h"

namespace connectors::common {
namespace {

base::Error bad_cell(int line) {
  const auto where = std::to_string(line);
  return sheet_error("bad_cell", "dòng " + where + ": ô chỉ đến chuỗi không có trong tệp",
                     "row " + where + ": a cell names a string that is not in the file");
}

}  // namespace

struct XlsxReader::Impl {
  ZipParts zip;
  XlsxParts parts;
  ZipParts::Part sheet;
  CellsSink cells;
  SaxPart xml{cells};
  std::vector<char> piece = std::vector<char>(kPieceBytes);
  std::optional<base::Error> failed;
  bool ended = false;

  Impl(ZipParts archive, XlsxParts small, ZipParts::Part part)
      : zip(std::move(archive)), parts(std::move(small)), sheet(std::move(part)) {}

  // False: no more rows come.
  base::Result<bool> more() {
    cells.forget();
    while (!cells.has_row()) {
      if (ended || cells.done()) return false;
      const auto got = sheet.read(piece);
      if (!got) return got.error();
      ended = got.value() == 0;
      const auto fed = ended ? xml.finish() : xml.feed({piece.data(), got.value()});
      if (!fed) return fed.error();
    }
    return true;
  }

  CellStyle style_of(const RawCell& cell) const {
    return cell.style < parts.styles.size() ? parts.styles[cell.style] : CellStyle{};
  }

  // False: the cell points nowhere.
  bool put(const RawCell& raw, std::string& out, CellMark& mark) const {
    const auto text = cells.text_of(raw);
    const auto style = style_of(raw);
    mark = style.font;
    switch (raw.kind) {
      case CellKind::shared: {
        const auto index = whole_number(text, kSharedStringsMax);
        if (!index || *index >= parts.strings.size()) return false;
        out = parts.strings.text(*index);
        if (mark == CellMark::plain) mark = parts.strings.mark(*index);
        return true;
      }
      case CellKind::number:
        out = style.date ? date_text(text, parts.epoch) : number_text(text);
        return true;
      case CellKind::boolean:
        out = text == "1" || text == "true" ? "TRUE" : "FALSE";
        return true;
      case CellKind::text:
      case CellKind::fault:
        out = text;
        return true;
    }
    return false;
  }

  // False: a row without any text.
  base::Result<bool> fill(const RawRow& raw, Row& row) const {
    row.line = raw.line;
    std::size_t width = 0;
    for (std::size_t i = 0; i < raw.cell_count; ++i) {
      width = std::max<std::size_t>(width, cells.cell(raw.first_cell + i).column + 1);
    }
    row.cells.resize(width);
    for (auto& cell : row.cells) cell.clear();
    row.marks.assign(width, CellMark::plain);
    std::size_t bytes = 0;
    bool any = false;
    for (std::size_t i = 0; i < raw.cell_count; ++i) {
      const auto& cell = cells.cell(raw.first_cell + i);
      auto& text = row.cells[cell.column];
      if (!put(cell, text, row.marks[cell.column])) return bad_cell(raw.line);
      bytes += text.size();
      if (bytes > kRowBytesMax) {
        return sheet_error("row_too_long", "dòng " + std::to_string(raw.line) + " quá dài",
                           "row " + std::to_string(raw.line) + " is too long");
      }
      any = any || !base::trim(text).empty();
    }
    return any;
  }
};

XlsxReader::XlsxReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
XlsxReader::~XlsxReader() = default;

namespace {

template <typename Made>
base::Result<std::unique_ptr<Made>> open_sheet(base::Result<ZipParts> zip,
                                               std::string_view sheet_name) {
  if (!zip) return zip.error();
  auto parts = read_parts(zip.value(), sheet_name);
  if (!parts) return parts.error();
  auto sheet = zip.value().open(parts.value().sheet);
  if (!sheet) return sheet.error();
  return std::make_unique<Made>(std::move(zip).value(), std::move(parts).value(),
                                std::move(sheet).value());
}

}  // namespace

base::Result<std::unique_ptr<XlsxReader>> XlsxReader::from_bytes(std::string_view bytes,
                                                                 std::string_view sheet_name) {
  auto impl = open_sheet<Impl>(ZipParts::from_bytes(bytes), sheet_name);
  if (!impl) return impl.error();
  return std::unique_ptr<XlsxReader>(new XlsxReader(std::move(impl).value()));
}

base::Result<std::unique_ptr<XlsxReader>> XlsxReader::from_file(const std::string& path,
                                                                std::string_view sheet_name) {
  auto impl = open_sheet<Impl>(ZipParts::from_file(path), sheet_name);
  if (!impl) return impl.error();
  return std::unique_ptr<XlsxReader>(new XlsxReader(std::move(impl).value()));
}

base::Result<bool> XlsxReader::next(Row& row) {
  auto& in = *impl_;
  if (in.failed) return *in.failed;
  for (;;) {
    if (!in.cells.has_row()) {
      auto more = in.more();
      if (!more) in.failed = more.error();
      if (!more || !more.value()) return more;
    }
    auto filled = in.fill(in.cells.take_row(), row);
    if (!filled) in.failed = filled.error();
    if (!filled || filled.value()) return filled;
  }
}

}  // namespace connectors::common
