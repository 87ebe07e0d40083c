#include <libxml/xmlwriter.h>

#include <cassert>
#include <new>
#include <vector>

#include "connectors/common/utf8.h"
#include "connectors/common/xml.h"

namespace connectors::common {

namespace {

const xmlChar* xml_chars(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());  // NOLINT: libxml2's byte type
}

bool is_xml_char(std::uint32_t code_point) {
  if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
  return code_point != 0xFFFE && code_point != 0xFFFF;
}

// XML 1.0 §2.2: what is left can stand in any document.
std::string xml_text(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const Utf8Step step = utf8_step(bytes);
    if (step.length == 0) {
      out += kReplacement;
    } else if (is_xml_char(step.code_point)) {
      out += bytes.substr(0, step.length);
    }
    bytes.remove_prefix(step.length == 0 ? 1 : step.length);
  }
  return out;
}

struct FreeBuffer {
  void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};
struct FreeWriter {
  void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
};

}  // namespace

struct XmlWriter::Impl {
  explicit Impl(XmlStyle wanted) : style(wanted) { start(); }

  void start() {
    depth = 0;
    writer.reset();
    buffer.reset(xmlBufferCreate());
    if (!buffer) throw std::bad_alloc{};
    writer.reset(xmlNewTextWriterMemory(buffer.get(), 0));
    if (!writer) throw std::bad_alloc{};
    xmlTextWriterSetIndent(writer.get(), style == XmlStyle::indented ? 1 : 0);
    check(xmlTextWriterStartDocument(writer.get(), "1.0", "UTF-8", nullptr));
  }

  // The writer fails on misuse and on exhausted memory only.
  static void check(int result) {
    if (result < 0) throw std::bad_alloc{};
  }

  XmlStyle style;
  int depth = 0;
  std::unique_ptr<xmlBuffer, FreeBuffer> buffer;
  std::unique_ptr<xmlTextWriter, FreeWriter> writer;  // destroyed first: it flushes into buffer
};

XmlWriter::XmlWriter(XmlStyle style) : impl_(std::make_unique<Impl>(style)) {}

XmlWriter::~XmlWriter() = default;

XmlWriter& XmlWriter::open(std::string_view name) {
  const std::string tag{name};
  Impl::check(xmlTextWriterStartElement(impl_->writer.get(), xml_chars(tag)));
  ++impl_->depth;
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  const std::string key{name};
  const std::string clean = xml_text(value);
  Impl::check(xmlTextWriterWriteAttribute(impl_->writer.get(), xml_chars(key), xml_chars(clean)));
  return *this;
}

XmlWriter& XmlWriter::text(std::string_view value) {
  const std::string clean = xml_text(value);
  Impl::check(xmlTextWriterWriteString(impl_->writer.get(), xml_chars(clean)));
  return *this;
}

XmlWriter& XmlWriter::cdata(std::string_view value) {
  constexpr std::string_view kEnd = "]]>";
  std::string clean = xml_text(value);
  for (std::size_t end = clean.find(kEnd); end != std::string::npos; end = clean.find(kEnd)) {
    const std::string head = clean.substr(0, end + 2);
    Impl::check(xmlTextWriterWriteCDATA(impl_->writer.get(), xml_chars(head)));
    clean.erase(0, end + 2);
  }
  Impl::check(xmlTextWriterWriteCDATA(impl_->writer.get(), xml_chars(clean)));
  return *this;
}

XmlWriter& XmlWriter::element(std::string_view name, std::string_view value) {
  open(name);
  if (!value.empty()) text(value);
  return close();
}

XmlWriter& XmlWriter::close() {
  assert(impl_->depth > 0);
  Impl::check(xmlTextWriterEndElement(impl_->writer.get()));
  --impl_->depth;
  return *this;
}

std::string XmlWriter::finish() {
  Impl::check(xmlTextWriterEndDocument(impl_->writer.get()));
  Impl::check(xmlTextWriterFlush(impl_->writer.get()));
  const auto* content = reinterpret_cast<const char*>(  // NOLINT: libxml2's byte type
      xmlBufferContent(impl_->buffer.get()));
  std::string document{content, static_cast<std::size_t>(xmlBufferLength(impl_->buffer.get()))};
  impl_->start();
  return document;
}

}  // namespace connectors::common
