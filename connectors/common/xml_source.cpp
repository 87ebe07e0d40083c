#include "connectors/common/xml_source.h"

#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>

#include <limits>
#include <new>

namespace connectors::common {

namespace {

// NONET: no network. No DTD is loaded, no entity replaced, no limit of libxml2's own lifted.
constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

const char* chars(const xmlChar* text) {
  return reinterpret_cast<const char*>(text);  // NOLINT: libxml2's byte type
}

std::string qualified(const xmlChar* prefix, const xmlChar* name) {
  if (prefix == nullptr) return chars(name);
  return std::string{chars(prefix)} + ':' + chars(name);
}

// Since no entity is replaced, libxml2 hands an attribute's "&amp;" over as "&#38;", and only that.
std::string attribute_text(const xmlChar* begin, std::size_t size) {
  constexpr std::string_view kAmpersand = "&#38;";
  std::string out{chars(begin), size};
  for (std::size_t at = out.find(kAmpersand); at != std::string::npos;
       at = out.find(kAmpersand, at + 1)) {
    out.erase(at + 1, kAmpersand.size() - 1);
  }
  return out;
}

}  // namespace

// C calls these; nothing may be thrown through it.
struct XmlSource::Callbacks {
  template <typename Action>
  static void guarded(void* self, Action action) noexcept {
    auto& source = *static_cast<XmlSource*>(self);
    if (source.error_) return;
    try {
      action(source);
    } catch (const std::bad_alloc&) {
      source.error_ = base::Error{base::ErrorCode::unavailable, "out of memory", {}, {}};
      xmlStopParser(source.parser_);
    }
  }

  static void start(void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar*, int,
                    const xmlChar**, int attribute_count, int,
                    const xmlChar** attributes) noexcept {
    guarded(self, [&](XmlSource& source) {
      source.element(qualified(prefix, name), attribute_count, attributes);
    });
  }
  static void end(void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar*) noexcept {
    guarded(self, [&](XmlSource& source) { source.end_element(qualified(prefix, name)); });
  }
  static void text(void* self, const xmlChar* bytes, int size) noexcept {
    guarded(self, [&](XmlSource& source) {
      source.characters({chars(bytes), static_cast<std::size_t>(size)});
    });
  }
  static void doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) noexcept {
    guarded(self, [](XmlSource& source) { source.fail("a DOCTYPE is not accepted"); });
  }
  static void entity(void* self, const xmlChar* name) noexcept {
    guarded(self, [&](XmlSource& source) {
      source.fail(std::string{"the entity &"} + chars(name) + "; is not known");
    });
  }
  static void problem(void* self, xmlErrorPtr error) noexcept {
    if (error == nullptr || error->level < XML_ERR_ERROR) return;
    guarded(self, [&](XmlSource& source) {
      std::string what = error->message == nullptr ? "bad XML" : error->message;
      while (!what.empty() && what.back() == '\n') what.pop_back();
      source.fail_at(error->line, what);
    });
  }
};

XmlSource::XmlSource(const XmlLimits& limits) : limits_(limits) {
  xmlInitParser();
  handler_.initialized = XML_SAX2_MAGIC;
  handler_.startElementNs = &Callbacks::start;
  handler_.endElementNs = &Callbacks::end;
  handler_.characters = &Callbacks::text;
  handler_.ignorableWhitespace = &Callbacks::text;
  handler_.cdataBlock = &Callbacks::text;
  handler_.internalSubset = &Callbacks::doctype;
  handler_.reference = &Callbacks::entity;
  handler_.serror = &Callbacks::problem;
  parser_ = xmlCreatePushParserCtxt(&handler_, this, nullptr, 0, nullptr);
  if (parser_ == nullptr) throw std::bad_alloc{};
  xmlCtxtUseOptions(parser_, kOptions);
}

XmlSource::~XmlSource() {
  xmlDocPtr document = parser_->myDoc;
  xmlFreeParserCtxt(parser_);
  if (document != nullptr) xmlFreeDoc(document);
}

bool XmlSource::feed(std::string_view bytes) {
  bytes_ += bytes.size();
  if (bytes_ > limits_.bytes_max) {
    fail("the document is larger than " + std::to_string(limits_.bytes_max) + " bytes");
    return false;
  }
  return parse(bytes.data(), static_cast<int>(bytes.size()), false);
}

bool XmlSource::finish() {
  if (bytes_ == 0) fail_at(1, "the document is empty");
  return parse(nullptr, 0, true);
}

bool XmlSource::parse(const char* bytes, int size, bool last) {
  if (error_) return false;
  const int result = xmlParseChunk(parser_, bytes, size, last ? 1 : 0);
  const bool broken = result != 0 && parser_->wellFormed == 0;
  if (!error_ && broken) fail("bad XML");
  return !error_;
}

void XmlSource::element(std::string name, int attribute_count, const xmlChar** attributes) {
  flush_text();
  if (error_) return;
  if (++depth_ > limits_.depth_max) {
    return fail("nested deeper than " + std::to_string(limits_.depth_max) + " levels");
  }
  const auto count = static_cast<std::size_t>(attribute_count);
  if (count > limits_.attributes_max) return fail("too many attributes in <" + name + ">");

  XmlEvent event{XmlKind::element, std::move(name), {}, {}, line(), depth_};
  for (std::size_t i = 0; i < count; ++i) {
    const xmlChar** one = attributes + i * 5;  // name, prefix, namespace, value, its end
    const auto size = static_cast<std::size_t>(one[4] - one[3]);
    if (size > limits_.text_bytes_max) return fail("an attribute value is too long");
    event.attributes.push_back({qualified(one[1], one[0]), attribute_text(one[3], size)});
  }
  events_.push_back(std::move(event));
}

void XmlSource::end_element(std::string name) {
  flush_text();
  if (error_) return;
  events_.push_back({XmlKind::end_element, std::move(name), {}, {}, line(), depth_});
  --depth_;
}

void XmlSource::characters(std::string_view text) {
  if (text.size() > limits_.text_bytes_max - text_.size()) return fail("a text is too long");
  text_ += text;
}

void XmlSource::flush_text() {
  if (text_.empty()) return;
  events_.push_back({XmlKind::text, {}, std::move(text_), {}, line(), depth_ + 1});
  text_.clear();
}

void XmlSource::fail(const std::string& what) {
  fail_at(line(), what);
}

void XmlSource::fail_at(int line, const std::string& what) {
  if (error_) return;
  error_ =
      base::Error{base::ErrorCode::protocol, "line " + std::to_string(line) + ": " + what, {}, {}};
  xmlStopParser(parser_);
}

int XmlSource::line() const {
  return xmlSAX2GetLineNumber(parser_);
}

}  // namespace connectors::common
