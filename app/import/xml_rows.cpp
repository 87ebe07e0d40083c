// The XML catalogue, streamed: one row of memory, DOCTYPE refused (connectors/common/xml.h).
#include <algorithm>
#include <optional>

#include "app/import/rows.h"
#include "connectors/common/xml.h"

namespace app::importing {
namespace {

namespace cc = connectors::common;

std::optional<Kind> kind_of(std::string_view row_element) {
  if (row_element == "producer") return Kind::producer;
  if (row_element == "pool") return Kind::pool;
  if (row_element == "product") return Kind::product;
  if (row_element == "variant") return Kind::variant;
  if (row_element == "lot") return Kind::stock;
  if (row_element == "place") return Kind::place;
  return std::nullopt;
}

class XmlFile {
 public:
  XmlFile(std::string name, const RowSink& sink, cc::XmlPull pull)
      : name_(std::move(name)), sink_(sink), pull_(std::move(pull)) {}

  void read() {
    for (;;) {
      const auto more = pull_.next();
      if (!more) return fail(more.error());
      if (!more.value()) return;
      if (pull_.kind() != cc::XmlKind::element || pull_.depth() != kRowDepth) continue;
      if (!read_row()) return;
    }
  }

 private:
  static constexpr int kRowDepth = 3;  // catalogue / products / product

  bool read_row() {
    const auto kind = kind_of(pull_.name());
    RawRow row;
    row.file = name_;
    row.line = pull_.line();
    if (!kind) {
      sink_.problem({name_, row.line, pull_.name(), "", "phần tử lạ; xem docs/catalogue.xsd",
                     "unknown element; see docs/catalogue.xsd"});
      const auto skipped = pull_.skip();
      if (!skipped) fail(skipped.error());
      return skipped.ok();
    }
    row.kind = *kind;
    std::vector<std::string> columns;
    bool good = true;
    for (;;) {
      const auto more = pull_.next();
      if (!more) return fail(more.error()), false;
      if (pull_.kind() == cc::XmlKind::end_element && pull_.depth() == kRowDepth) break;
      if (pull_.kind() != cc::XmlKind::element) continue;
      const auto column = pull_.name();
      const auto& known = columns_of(*kind);
      const int line = pull_.line();
      auto text = pull_.read_text();
      if (!text) return fail(text.error()), false;
      if (std::find(known.begin(), known.end(), column) == known.end()) {
        sink_.problem({name_, line, column, "", "phần tử lạ; xem docs/catalogue.xsd",
                       "unknown element; see docs/catalogue.xsd"});
        good = false;
        continue;
      }
      columns.push_back(column);
      row.cells.push_back(std::move(text).value());
    }
    row.columns = &columns;
    if (good) sink_.row(row);
    return true;
  }

  void fail(const base::Error& error) {
    sink_.problem(
        {name_, pull_.line(), "", "", "XML sai: " + error.message, "bad XML: " + error.message});
  }

  const std::string name_;
  const RowSink& sink_;
  cc::XmlPull pull_;
};

}  // namespace

void read_xml(const std::string& path, const std::string& shown_name, const RowSink& sink) {
  cc::XmlLimits limits;
  limits.bytes_max = kFileBytesMax;
  auto pull = cc::XmlPull::from_file(path, limits);
  if (!pull) {
    sink.problem({shown_name, 0, "", "", "không đọc được tệp", pull.error().message});
    return;
  }
  XmlFile(shown_name, sink, std::move(pull).value()).read();
}

}  // namespace app::importing
