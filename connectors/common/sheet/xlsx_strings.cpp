#include "base/text.h"
#include "connectors/common/sheet/xlsx_parts.h"

namespace connectors::common {
namespace {

base::Error too_much_text() {
  return sheet_error("too_much_text",
                     "tệp XLSX có quá nhiều chữ (trên 16 MB), hãy xuất ít ngày hơn",
                     "the XLSX has more than 16 MB of text, export fewer days");
}

// <sst><si><t>..</t></si><si><r><rPr><rFont val=""/></rPr><t>..</t></r>..<rPh>..</rPh></si></sst>
class StringsSink final : public SaxSink {
 public:
  explicit StringsSink(SharedStrings& out) : out_(out) {}

  void start(std::string_view name, std::span<const SaxAttribute> attributes) override {
    if (name == "si") {
      inside_ = true;
      bytes_ = 0;
      mark_ = CellMark::plain;
    } else if (name == "rPh") {
      phonetic_ = true;
    } else if (name == "t") {
      in_text_ = inside_ && !phonetic_;
    } else if (name == "rFont" && mark_ == CellMark::plain) {
      mark_ = mark_of_font(attribute(attributes, "val").value_or(""));
    }
  }
  void end(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name != "si") return;
    inside_ = false;
    if (!out_.close(mark_)) fail(too_much_text());
  }
  void text(std::string_view bytes) override {
    if (!in_text_) return;
    bytes_ += bytes.size();
    if (bytes_ > kCellBytesMax || !out_.append(bytes)) fail(too_much_text());
  }

 private:
  SharedStrings& out_;
  CellMark mark_ = CellMark::plain;
  std::size_t bytes_ = 0;
  bool inside_ = false;
  bool in_text_ = false;
  bool phonetic_ = false;
};

}  // namespace

bool SharedStrings::append(std::string_view more) {
  if (more.size() > kSharedBytesMax - text_.size()) return false;
  text_.append(more);
  return true;
}

bool SharedStrings::close(CellMark mark) {
  if (ends_.size() >= kSharedStringsMax) return false;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  marks_.push_back(mark);
  return true;
}

base::Status read_strings(ZipParts& zip, std::uint64_t index, SharedStrings& out) {
  StringsSink sink(out);
  return run_part(zip, index, sink);
}

base::Status run_part(ZipParts& zip, std::uint64_t index, SaxSink& sink) {
  auto part = zip.open(index);
  if (!part) return part.error();
  SaxPart xml(sink);
  std::vector<char> piece(kPieceBytes);
  for (;;) {
    const auto got = part.value().read(piece);
    if (!got) return got.error();
    if (got.value() == 0) return xml.finish();
    if (auto fed = xml.feed({piece.data(), got.value()}); !fed) return fed;
  }
}

CellMark mark_of_font(std::string_view name) {
  const auto folded = base::fold(name);
  if (folded.starts_with("vni")) return CellMark::font_vni;
  return folded.starts_with(".vn") ? CellMark::font_tcvn3 : CellMark::plain;
}

std::string plain_value(std::string_view attribute) {
  constexpr std::string_view kAmpersand = "&#38;";
  std::string out(attribute);
  for (auto at = out.find(kAmpersand); at != std::string::npos; at = out.find(kAmpersand, at + 1)) {
    out.erase(at + 1, kAmpersand.size() - 1);
  }
  return out;
}

}  // namespace connectors::common
