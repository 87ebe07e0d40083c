#include "sandbox/carriers/label.h"

#include <cstdio>

namespace sandbox::carriers {
namespace {

std::string as_pdf_text(const std::string& line) {
  std::string out;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && byte < 0xC0) continue;  // the rest of a longer character
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += byte < 0x20 || byte >= 0x7F ? '?' : c;
  }
  return out;
}

std::string page_content(const std::vector<std::string>& lines) {
  std::string out = "BT /F1 11 Tf 20 390 Td 16 TL\n";
  for (const auto& line : lines) out += "(" + as_pdf_text(line) + ") Tj T*\n";
  return out + "ET\n";
}

// An object's place in the file, as the cross-reference table wants it: ten digits.
std::string place(std::size_t offset) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "%010zu", offset);
  return std::string(digits) + " 00000 n \n";
}

}  // namespace

std::string label_pdf(const std::vector<std::string>& lines) {
  const auto content = page_content(lines);
  const std::vector<std::string> objects{
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R"
      " /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "endstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string out = "%PDF-1.4\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += place(out.size());
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto table_at = out.size();
  const auto count = std::to_string(objects.size() + 1);
  out += "xref\n0 " + count + "\n" + table;
  out += "trailer\n<< /Size " + count + " /Root 1 0 R >>\nstartxref\n";
  return out + std::to_string(table_at) + "\n%%EOF\n";
}

}  // namespace sandbox::carriers
