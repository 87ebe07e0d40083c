#include "connectors/common/sheet/open_rows.h"

#include "connectors/common/sheet/csv_source.h"
#include "connectors/common/sheet/points.h"
#include "connectors/common/sheet/xlsx_reader.h"

namespace connectors::common {
namespace {

bool is_high(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

base::Error sheet_error(std::string_view name, std::string_view vi, std::string_view en) {
  return {
      base::ErrorCode::rejected, std::string(vi) + " / " + std::string(en), {}, std::string(name)};
}

SheetKind sheet_kind(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return SheetKind::xlsx;
  return bytes.starts_with("\xD0\xCF\x11\xE0") ? SheetKind::old_workbook : SheetKind::csv;
}

base::Result<std::unique_ptr<RowSource>> open_rows(std::string_view bytes,
                                                   const SheetChoice& choice) {
  switch (sheet_kind(bytes)) {
    case SheetKind::old_workbook:
      return sheet_error("old_workbook",
                         "tệp .xls cũ hoặc có mật khẩu: hãy lưu lại dạng .xlsx, bỏ mật khẩu",
                         "an old .xls or one with a password: save it as .xlsx without one");
    case SheetKind::xlsx: {
      auto reader = XlsxReader::from_bytes(bytes, choice.sheet_name);
      if (!reader) return reader.error();
      return std::unique_ptr<RowSource>(std::move(reader).value());
    }
    case SheetKind::csv:
      break;
  }
  return open_csv(bytes, choice.separator);
}

std::string without_utf16(std::string bytes) {
  const bool little = bytes.starts_with("\xFF\xFE");
  if (!little && !bytes.starts_with("\xFE\xFF")) return bytes;
  const auto unit_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? first | (second << 8) : (first << 8) | second);
  };
  std::string out;
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit_at(at);
    if (is_high(point) && at + 3 < bytes.size() && is_low(unit_at(at + 2))) {
      point = 0x10000 + ((point - 0xD800) << 10) + (unit_at(at + 2) - 0xDC00);
      at += 2;
    } else if (is_high(point) || is_low(point)) {
      point = 0xFFFD;
    }
    append_point(out, point);
  }
  return out;
}

}  // namespace connectors::common
