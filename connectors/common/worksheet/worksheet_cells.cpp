#include "connectors/common/worksheet/worksheet_cells.h"

#include <algorithm>

#include "base/text.h"
#include "base/time_text.h"

namespace connectors::common {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";
constexpr std::size_t kShortTextMax = 200;
constexpr std::size_t kDayBytes = 10;          // "24/11/2026" of local_minute
constexpr std::size_t kFirstNumberColumn = 6;  // net weight, prices and stock
constexpr std::size_t kLastNumberColumn = 10;

std::string action_vi(const std::string& action) {
  if (action == "create") return "Tạo mới";
  return action == "withdraw" ? "Gỡ xuống" : "Sửa";
}

std::string number_or_empty(std::int64_t value) {
  return value < 0 ? std::string{} : std::to_string(value);
}

// A person types it into one field: no line breaks, not too long.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : base::trim(text)) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank) out.push_back(c);
    if (blank && !out.ends_with(' ')) out.push_back(' ');
  }
  return base::shorten(out, kShortTextMax);
}

std::string certificates_text(const ListingContent& content) {
  std::string out;
  for (const auto& certificate : content.certificates) {
    if (!out.empty()) out += "; ";
    out += certificate.kind;
    if (certificate.stars > 0) out += " " + std::to_string(certificate.stars) + " sao";
    if (!certificate.number.empty()) out += " (" + certificate.number + ")";
  }
  return out;
}

std::string images_text(const ListingContent& content) {
  std::string out;
  for (const auto& image : content.image_files) {
    const auto slash = image.find_last_of('/');
    if (!out.empty()) out += ", ";
    out += slash == std::string::npos ? image : image.substr(slash + 1);
  }
  return out;
}

std::string csv_cell(const std::string& cell) {
  if (cell.find_first_of(";\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

std::string html_row(const SheetRow& row, std::string_view tag) {
  std::string out = "<tr>";
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool number = tag == "td" && is_number_column(i);
    out += "<" + std::string(tag) + (number ? " class=\"n\">" : ">") + html_text(row[i]) + "</" +
           std::string(tag) + ">";
  }
  return out + "</tr>\n";
}

constexpr std::string_view kStyle =
    "body{font:11px sans-serif;margin:0}h1{font-size:16px}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #555;padding:2px 4px;text-align:left;vertical-align:top}"
    ".n{text-align:right}td:last-child{width:3em}thead{display:table-header-group}"
    "@page{size:A4 landscape;margin:1cm}";

}  // namespace

SheetRow worksheet_headings() {
  return {"STT",
          "Việc cần làm",
          std::string(kSkuHeading),
          "Tên hàng",
          "Danh mục",
          "Đơn vị",
          "Khối lượng tịnh (g)",
          "Giá cũ",
          "Giá mới",
          "Tồn cũ",
          "Tồn mới",
          "Mô tả ngắn",
          "Chứng nhận",
          "Ảnh",
          "Lý do",
          "Xác nhận gần nhất",
          std::string(kTickHeading)};
}

SheetRow worksheet_cells(std::size_t number, const WorksheetLine& line) {
  const auto& content = line.content;
  return {std::to_string(number),
          action_vi(line.action),
          content.sku.text,
          one_line(content.title.vi),
          content.category_remote_id.empty() ? content.category : content.category_remote_id,
          content.unit_vi,
          content.net_weight_g > 0 ? std::to_string(content.net_weight_g) : std::string{},
          number_or_empty(line.price_old),
          number_or_empty(line.price_new),
          number_or_empty(line.stock_old),
          number_or_empty(line.stock_new),
          one_line(content.description.vi),
          certificates_text(content),
          images_text(content),
          line.reason_vi,
          line.confirmed_at ? base::local_minute(*line.confirmed_at).substr(0, kDayBytes) : "chưa",
          {}};
}

std::vector<SheetRow> worksheet_rows(std::span<const WorksheetLine> lines) {
  std::vector<SheetRow> rows = {worksheet_headings()};
  for (const auto& line : lines) rows.push_back(worksheet_cells(rows.size(), line));
  return rows;
}

bool is_number_column(std::size_t column) {
  return column == 0 || (column >= kFirstNumberColumn && column <= kLastNumberColumn);
}

std::string safe_cell(std::string_view text) {
  const bool formula = !text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos;
  return (formula ? "'" : "") + std::string(text);
}

std::string worksheet_csv(const std::vector<SheetRow>& rows) {
  std::string out = "\xEF\xBB\xBF";
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out.push_back(';');
      out += csv_cell(safe_cell(row[i]));
    }
    out += "\r\n";
  }
  return out;
}

std::string worksheet_html(const std::string& title, const std::vector<SheetRow>& rows) {
  const auto name = html_text(title);
  auto out = "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>" + name +
             "</title>\n<style>" + std::string(kStyle) +
             "</style></head>\n<body><h1>Phiếu cập nhật " + name + "</h1>\n<table>\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0) out += "<thead>";
    out += html_row(rows[i], i == 0 ? "th" : "td");
    if (i == 0) out += "</thead><tbody>\n";
  }
  return out +
         "</tbody></table>\n<p>Ô trống: giữ nguyên. Người nhập: ______________ "
         "Ngày giờ: ______________</p></body></html>\n";
}

}  // namespace connectors::common
