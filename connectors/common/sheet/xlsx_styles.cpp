#include <algorithm>

#include "connectors/common/sheet/xlsx_parts.h"

namespace connectors::common {
namespace {

constexpr std::uint32_t kIdMax = 1'000'000;

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};
// The built-in formats that show a date or a time, those of East Asian editions included.
constexpr Range kDateFormats[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}};

bool is_date_format(std::uint32_t id) {
  return std::any_of(std::begin(kDateFormats), std::end(kDateFormats),
                     [&](const Range& range) { return id >= range.first && id <= range.last; });
}

// "dd/mm/yyyy hh:mm" shows a date; "#,##0 \đ" and "[Red]0" do not: text, colours and escaped
// letters are passed over.
bool shows_date(std::string_view code) {
  char closing = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (closing != 0) {
      if (c == closing) closing = 0;
    } else if (c == '"') {
      closing = '"';
    } else if (c == '[') {
      const bool hours = code.substr(i).starts_with("[h") || code.substr(i).starts_with("[m");
      if (hours) return true;
      closing = ']';
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == ';' || code.substr(i).starts_with("General")) {
      return false;  // the first section is the one of positive numbers
    } else if (std::string_view("dmyhsDMYHS").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

class StylesSink final : public SaxSink {
 public:
  explicit StylesSink(CellStyles& out) : out_(out) {}

  void start(std::string_view name, std::span<const SaxAttribute> attributes) override {
    if (name == "numFmt") {
      const auto id = whole_number(attribute(attributes, "numFmtId").value_or(""), kIdMax);
      const auto code = plain_value(attribute(attributes, "formatCode").value_or(""));
      if (id && formats_.size() < kStylesMax) formats_[*id] = shows_date(code);
    } else if (name == "fonts" || name == "cellXfs") {
      within_ = name == "fonts" ? Within::fonts : Within::cells;
    } else if (name == "font" && within_ == Within::fonts) {
      if (fonts_.size() < kStylesMax) fonts_.push_back(CellMark::plain);
    } else if (name == "name" && within_ == Within::fonts && !fonts_.empty()) {
      fonts_.back() = mark_of_font(attribute(attributes, "val").value_or(""));
    } else if (name == "xf" && within_ == Within::cells) {
      add_style(attributes);
    }
  }
  void end(std::string_view name) override {
    if (name == "fonts" || name == "cellXfs") within_ = Within::nothing;
  }
  void text(std::string_view) override {}

 private:
  enum class Within { nothing, fonts, cells };

  void add_style(std::span<const SaxAttribute> attributes) {
    if (out_.size() >= kStylesMax) return;
    const auto format = whole_number(attribute(attributes, "numFmtId").value_or("0"), kIdMax);
    const auto font = whole_number(attribute(attributes, "fontId").value_or("0"), kIdMax);
    CellStyle style;
    if (format) {
      const auto own = formats_.find(*format);
      style.date = own == formats_.end() ? is_date_format(*format) : own->second;
    }
    if (font && *font < fonts_.size()) style.font = fonts_[*font];
    out_.push_back(style);
  }

  CellStyles& out_;
  std::map<std::uint32_t, bool> formats_;
  std::vector<CellMark> fonts_;
  Within within_ = Within::nothing;
};

}  // namespace

base::Status read_styles(ZipParts& zip, std::uint64_t index, CellStyles& out) {
  StylesSink sink(out);
  return run_part(zip, index, sink);
}

}  // namespace connectors::common
