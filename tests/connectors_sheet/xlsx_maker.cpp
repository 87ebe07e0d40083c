#include "tests/connectors_sheet/xlsx_maker.h"

#include <zip.h>

#include <cstdlib>
#include <stdexcept>

namespace sheet_test {
namespace {

constexpr std::string_view kOffice =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kPackage =
    "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string text(std::string_view piece) {
  return std::string(piece);
}

std::string relation(const std::string& id, std::string_view type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + text(kOffice) + "/" + text(type) +
         "\" Target=\"" + target + "\"/>";
}

std::string relations(const std::string& inside) {
  return text(kXml) + "<Relationships xmlns=\"" + text(kPackage) + "\">" + inside +
         "</Relationships>";
}

std::string escaped(std::string_view plain) {
  std::string out;
  for (const char c : plain) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string reference(std::size_t column, int line) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters + std::to_string(line);
}

}  // namespace

std::string zip_of(const Parts& parts) {
  zip_error_t failure;
  zip_error_init(&failure);
  zip_source_t* whole = zip_source_buffer_create(nullptr, 0, 0, &failure);
  zip_source_keep(whole);
  zip_t* archive = zip_open_from_source(whole, ZIP_TRUNCATE, &failure);
  if (archive == nullptr) throw std::runtime_error("no archive");
  for (const auto& [name, bytes] : parts) {
    zip_source_t* part = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    if (zip_file_add(archive, name.c_str(), part, ZIP_FL_OVERWRITE) < 0) {
      throw std::runtime_error("part not added: " + name);
    }
  }
  if (zip_close(archive) != 0) throw std::runtime_error("archive not written");
  zip_stat_t about;
  zip_source_stat(whole, &about);
  std::string out(about.size, '\0');
  zip_source_open(whole);
  zip_source_read(whole, out.data(), out.size());
  zip_source_close(whole);
  zip_source_free(whole);
  zip_error_fini(&failure);
  return out;
}

Parts parts_of(const Workbook& book) {
  const auto open = [](std::string_view element) {
    return "<" + std::string(element) + " xmlns=\"" + text(kMain) + "\" xmlns:r=\"" +
           text(kOffice) + "\">";
  };
  Parts parts;
  parts.emplace_back("_rels/.rels",
                     relations(relation("rId1", "officeDocument", "xl/workbook.xml")));
  parts.emplace_back("xl/_rels/workbook.xml.rels",
                     relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                               relation("rId2", "styles", "styles.xml") +
                               relation("rId3", "sharedStrings", "sharedStrings.xml")));
  parts.emplace_back("xl/workbook.xml",
                     text(kXml) + open("workbook") + book.book_properties +
                         "<sheets><sheet name=\"Orders\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
                         "</workbook>");
  parts.emplace_back("xl/styles.xml",
                     text(kXml) + open("styleSheet") + book.styles + "</styleSheet>");
  parts.emplace_back("xl/sharedStrings.xml", text(kXml) + open("sst") + book.strings + "</sst>");
  parts.emplace_back("xl/worksheets/sheet1.xml", text(kXml) + book.before_rows + open("worksheet") +
                                                     "<sheetData>" + book.rows +
                                                     "</sheetData></worksheet>");
  return parts;
}

std::string xlsx_of(const Workbook& book) {
  return zip_of(parts_of(book));
}

std::string text_row(int line, const std::vector<std::string>& cells) {
  std::string out = "<row r=\"" + std::to_string(line) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    out += "<c r=\"" + reference(i, line) + "\" t=\"inlineStr\"><is><t>" + escaped(cells[i]) +
           "</t></is></c>";
  }
  return out + "</row>";
}

}  // namespace sheet_test
