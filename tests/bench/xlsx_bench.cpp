// A workbook of orders read row by row (XlsxReader: archive, shared strings, styles, dates and
// texts as cells) against bare inflate and SAX over the same parts: libzip's bytes pushed into
// libxml2's SAX2 parser with callbacks that count and keep nothing. Both read the same file from
// the page cache. Memory must not grow with the rows: compare the peaks of two --rows.
#include <libxml/parser.h>
#include <zip.h>

#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "connectors/common/sheet/xlsx_reader.h"
#include "tests/bench/pairs.h"
#include "tests/connectors_sheet/xlsx_maker.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRowsDefault = 100'000;
constexpr const char* kBook = "orders.xlsx";
constexpr std::size_t kPieceBytes = std::size_t{32} << 10;
constexpr int kNames = 500;
constexpr const char* kParts[] = {"_rels/.rels",          "xl/_rels/workbook.xml.rels",
                                  "xl/workbook.xml",      "xl/styles.xml",
                                  "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"};

std::string shared(int column, std::int64_t line, std::int64_t index) {
  return "<c r=\"" + std::string(1, static_cast<char>('A' + column)) + std::to_string(line) +
         "\" t=\"s\"><v>" + std::to_string(index) + "</v></c>";
}
std::string number(int column, std::int64_t line, const std::string& value, int style) {
  return "<c r=\"" + std::string(1, static_cast<char>('A' + column)) + std::to_string(line) +
         "\" s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c>";
}

// Twelve columns, as an order export has them: a code of its own in each row, words that repeat,
// a date, five numbers.
std::string row_of(std::int64_t i) {
  const auto line = i + 1;
  std::string out = "<row r=\"" + std::to_string(line) + "\" spans=\"1:12\">";
  out += shared(0, line, kNames + i);
  out += number(1, line, std::to_string(46'000 + i % 365) + ".354166666664", 1);
  for (int column = 2; column < 7; ++column) out += shared(column, line, (i + column) % kNames);
  for (int column = 7; column < 12; ++column) {
    out += number(column, line, std::to_string(1'000 * (i % 900 + column)), 0);
  }
  return out + "</row>";
}

void prepare(const fs::path& folder, const Options& options) {
  sheet_test::Workbook book;
  book.styles =
      "<cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"22\" fontId=\"0\"/></cellXfs>";
  for (int i = 0; i < kNames; ++i) {
    book.strings += "<si><t>Thanh long ruột đỏ hộp " + std::to_string(i) + " kg</t></si>";
  }
  for (std::int64_t i = 0; i < options.rows; ++i) {
    book.strings += "<si><t>2611" + std::to_string(10'000'000 + i) + "ABCD</t></si>";
    book.rows += row_of(i);
  }
  std::ofstream out(folder / kBook, std::ios::binary);
  out << sheet_test::xlsx_of(book);
  if (!out.flush()) throw std::runtime_error("cannot write the workbook");
}

Reading run_product(const fs::path& folder, const Options& options) {
  const Stopwatch watch;
  const auto reader = connectors::common::XlsxReader::from_file((folder / kBook).string());
  if (!reader) throw std::runtime_error(reader.error().message);
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  for (connectors::common::Row row;;) {
    const auto more = reader.value()->next(row);
    if (!more) throw std::runtime_error(more.error().message);
    if (!more.value()) break;
    ++rows;
    for (const auto& cell : row.cells) bytes += static_cast<std::int64_t>(cell.size());
    if (row.cells.size() != 12 || row.line != rows) throw std::runtime_error("a row is not whole");
  }
  const double seconds = watch.seconds();
  if (rows != options.rows) throw std::runtime_error("rows are missing");
  return {rows, seconds, {{"cell_bytes", static_cast<double>(bytes)}}};
}

struct Counts {
  std::int64_t elements = 0;
  std::int64_t text_bytes = 0;
};
void count_element(void* counts, const xmlChar*, const xmlChar*, const xmlChar*, int,
                   const xmlChar**, int, int, const xmlChar**) {
  ++static_cast<Counts*>(counts)->elements;
}
void count_text(void* counts, const xmlChar*, int size) {
  static_cast<Counts*>(counts)->text_bytes += size;
}

void parse_part(zip_t* archive, const char* name, Counts& counts) {
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> part(zip_fopen(archive, name, 0),
                                                               zip_fclose);
  if (!part) throw std::runtime_error(std::string("no part ") + name);
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = &count_element;
  handler.characters = &count_text;
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> parser(
      xmlCreatePushParserCtxt(&handler, &counts, nullptr, 0, nullptr), xmlFreeParserCtxt);
  std::vector<char> piece(kPieceBytes);
  for (;;) {
    const auto got = zip_fread(part.get(), piece.data(), piece.size());
    if (got < 0) throw std::runtime_error("cannot inflate");
    if (xmlParseChunk(parser.get(), piece.data(), static_cast<int>(got), got == 0 ? 1 : 0) != 0) {
      throw std::runtime_error("cannot parse");
    }
    if (got == 0) return;
  }
}

Reading run_bare(const fs::path& folder, const Options& options) {
  const Stopwatch watch;
  const std::unique_ptr<zip_t, void (*)(zip_t*)> archive(
      zip_open((folder / kBook).c_str(), ZIP_RDONLY, nullptr), zip_discard);
  if (!archive) throw std::runtime_error("no archive");
  Counts counts;
  for (const auto* name : kParts) parse_part(archive.get(), name, counts);
  const double seconds = watch.seconds();
  if (counts.elements < options.rows * 13) throw std::runtime_error("elements are missing");
  return {options.rows, seconds, {}};
}

}  // namespace

Bench xlsx_bench(const Options& options) {
  Bench out;
  out.name = "xlsx";
  out.items = "rows";
  out.kind = Bound::speed_at_least;
  out.bound = 0.3;
  out.files = Files::shared;
  out.prepare = [options](const fs::path& folder) { prepare(folder, options); };
  out.settings = [options](const fs::path& folder) {
    return std::map<std::string, std::string>{
        {"rows", std::to_string(options.rows)},
        {"columns", "12"},
        {"file bytes", std::to_string(fs::file_size(folder / kBook))}};
  };
  out.product = {[options](const fs::path& f) { return run_product(f, options); },
                 [](const fs::path&) {}};
  out.bare = {[options](const fs::path& f) { return run_bare(f, options); },
              [](const fs::path&) {}};
  return out;
}

}  // namespace bench

int main(int argc, char** argv) {
  const auto options = bench::read_options(argc, argv, bench::kRowsDefault);
  return bench::run_main(options, [&] { return std::vector{bench::xlsx_bench(options)}; });
}
