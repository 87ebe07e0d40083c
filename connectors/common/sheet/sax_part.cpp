#include "connectors/common/sheet/sax_part.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <array>
#include <charconv>
#include <new>
#include <string>

#include "connectors/common/sheet/row_source.h"

namespace connectors::common {
namespace {

constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
constexpr std::size_t kAttributesMax = 64;

std::string_view view(const xmlChar* text) {
  return reinterpret_cast<const char*>(text);  // NOLINT: libxml2's byte type
}

base::Error bad_xml(int line) {
  const auto where = std::to_string(line);
  return sheet_error("bad_xml", "XML trong tệp XLSX hỏng ở dòng " + where,
                     "the XML in the XLSX is damaged at line " + where);
}

}  // namespace

struct SaxPart::Impl {
  SaxSink& sink;
  xmlSAXHandler handler{};
  xmlParserCtxtPtr parser = nullptr;
  std::optional<base::Error> failed;
  std::array<SaxAttribute, kAttributesMax> attributes;

  explicit Impl(SaxSink& to) : sink(to) {
    xmlInitParser();
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = &start;
    handler.endElementNs = &end;
    handler.characters = &text;
    handler.ignorableWhitespace = &text;
    handler.cdataBlock = &text;
    handler.internalSubset = &doctype;
    handler.reference = &entity;
    handler.serror = &problem;
    parser = xmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr);
    if (parser == nullptr) throw std::bad_alloc{};
    xmlCtxtUseOptions(parser, kOptions);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    xmlDocPtr document = parser->myDoc;
    xmlFreeParserCtxt(parser);
    if (document != nullptr) xmlFreeDoc(document);
  }

  // C calls this; nothing may be thrown through it.
  template <typename Action>
  static void guarded(void* self, Action action) noexcept {
    auto& impl = *static_cast<Impl*>(self);
    if (impl.failed) return;
    try {
      action(impl);
      if (impl.sink.error()) impl.stop(*impl.sink.error());
    } catch (const std::bad_alloc&) {
      impl.stop(sheet_error("out_of_memory", "hết bộ nhớ", "out of memory"));
    }
  }
  void stop(base::Error error) {
    failed = std::move(error);
    xmlStopParser(parser);
  }
  void stop_at_line() { stop(bad_xml(xmlSAX2GetLineNumber(parser))); }

  static void start(void* self, const xmlChar* name, const xmlChar*, const xmlChar*, int,
                    const xmlChar**, int count, int, const xmlChar** raw) noexcept {
    guarded(self, [&](Impl& impl) {
      auto& found = impl.attributes;
      const auto used = static_cast<std::size_t>(count);
      if (used > kAttributesMax) return impl.stop_at_line();
      for (std::size_t i = 0; i < used; ++i) {
        const xmlChar** one = raw + i * 5;  // name, prefix, namespace, value, its end
        const auto* value = reinterpret_cast<const char*>(one[3]);  // NOLINT: as above
        found[i] = {view(one[0]), {value, static_cast<std::size_t>(one[4] - one[3])}};
      }
      impl.sink.start(view(name), std::span(found).first(used));
    });
  }
  static void end(void* self, const xmlChar* name, const xmlChar*, const xmlChar*) noexcept {
    guarded(self, [&](Impl& impl) { impl.sink.end(view(name)); });
  }
  static void text(void* self, const xmlChar* bytes, int size) noexcept {
    guarded(self, [&](Impl& impl) {
      impl.sink.text({reinterpret_cast<const char*>(bytes),  // NOLINT: as above
                      static_cast<std::size_t>(size)});
    });
  }
  static void doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) noexcept {
    guarded(self, [](Impl& impl) { impl.stop_at_line(); });
  }
  static void entity(void* self, const xmlChar*) noexcept {
    guarded(self, [](Impl& impl) { impl.stop_at_line(); });
  }
  static void problem(void* self, xmlErrorPtr error) noexcept {
    if (error == nullptr || error->level < XML_ERR_ERROR) return;
    guarded(self, [&](Impl& impl) { impl.stop(bad_xml(error->line)); });
  }

  base::Status parse(const char* bytes, int size, int last) {
    if (failed) return *failed;
    const int result = xmlParseChunk(parser, bytes, size, last);
    if (!failed && result != 0 && parser->wellFormed == 0) stop_at_line();
    if (failed) return *failed;
    return base::Done{};
  }
};

SaxPart::SaxPart(SaxSink& sink) : impl_(std::make_unique<Impl>(sink)) {}
SaxPart::~SaxPart() = default;

base::Status SaxPart::feed(std::string_view bytes) {
  return impl_->parse(bytes.data(), static_cast<int>(bytes.size()), 0);
}

base::Status SaxPart::finish() {
  return impl_->parse(nullptr, 0, 1);
}

std::optional<std::string_view> attribute(std::span<const SaxAttribute> attributes,
                                          std::string_view name) {
  for (const auto& one : attributes) {
    if (one.name == name) return one.value;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t max) {
  std::uint32_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end || value > max) return std::nullopt;
  return value;
}

}  // namespace connectors::common
