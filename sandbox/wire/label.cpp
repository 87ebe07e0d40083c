#include "sandbox/wire/label.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sandbox::wire {
namespace {

std::string pdf_text(const std::string& line) {
  std::string out;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '(' || c == ')' || c == '\\') out.push_back('\\');
    out.push_back(byte >= 0x20 && byte < 0x7F ? c : '?');
  }
  return out;
}

std::string page_content(const std::vector<std::string>& lines) {
  std::string out = "BT /F1 11 Tf 14 TL 40 800 Td\n";
  for (std::size_t i = 0; i < std::min(lines.size(), kLabelLinesMax); ++i) {
    out += "(" + pdf_text(lines[i]) + ") Tj T*\n";
  }
  return out + "ET\n";
}

std::string ten_digits(std::size_t number) {
  auto text = std::to_string(number);
  return std::string(10 - std::min<std::size_t>(10, text.size()), '0') + text;
}

}  // namespace

std::string label_pdf(const std::vector<std::string>& lines) {
  const auto content = page_content(lines);
  const std::array<std::string, 5> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "endstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string out = "%PDF-1.4\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += ten_digits(out.size()) + " 00000 n \n";
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto table_at = std::to_string(out.size());
  return out + "xref\n0 6\n" + table + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" +
         table_at + "\n%%EOF\n";
}

std::string label_html(const std::vector<std::string>& lines) {
  std::string out = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>";
  for (const auto& line : lines) {
    out += "<p>";
    for (const char c : line) {
      if (c == '<') {
        out += "&lt;";
      } else if (c == '&') {
        out += "&amp;";
      } else {
        out.push_back(c);
      }
    }
    out += "</p>";
  }
  return out + "</body></html>";
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const auto take = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (k < take ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out.push_back(k <= take ? kDigits[group >> (18 - 6 * k) & 0x3FU] : '=');
    }
  }
  return out;
}

}  // namespace sandbox::wire
