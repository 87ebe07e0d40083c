#include "feed/rss.h"

#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>

#include <climits>

#include "feed/rules.h"

namespace feed {
namespace {

constexpr const char* kGoogle = "http://base.google.com/ns/1.0";

const xmlChar* xml(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());  // NOLINT: libxml2's letters
}
const xmlChar* xml(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);  // NOLINT: libxml2's letters
}
std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{}
                         : reinterpret_cast<const char*>(text);  // NOLINT: libxml2's letters
}

}  // namespace

struct RssWriter::Impl {
  Put put;
  xmlTextWriterPtr writer = nullptr;
  bool failed = false;

  void check(int answer) { failed = failed || answer < 0; }
  void element(const char* name, const std::string& value) {
    if (!value.empty()) check(xmlTextWriterWriteElement(writer, xml(name), xml(value)));
  }
};

namespace {

// What failed is remembered and not told to libxml2, which would print it.
template <typename Impl>
int put_bytes(void* context, const char* bytes, int size) {
  auto& impl = *static_cast<Impl*>(context);
  if (size < 0) return -1;
  if (!impl.failed && !impl.put(std::string_view(bytes, static_cast<std::size_t>(size)))) {
    impl.failed = true;
  }
  return size;
}

int leave_open(void*) {
  return 0;
}

}  // namespace

RssWriter::RssWriter(const Heading& heading, Put put) : impl_(std::make_unique<Impl>()) {
  auto& impl = *impl_;
  impl.put = std::move(put);
  auto* buffer = xmlOutputBufferCreateIO(&put_bytes<Impl>, &leave_open, impl_.get(), nullptr);
  impl.writer = buffer == nullptr ? nullptr : xmlNewTextWriter(buffer);
  if (impl.writer == nullptr) {
    if (buffer != nullptr) xmlOutputBufferClose(buffer);
    impl.failed = true;
    return;
  }
  xmlTextWriterSetIndent(impl.writer, 1);
  impl.check(xmlTextWriterStartDocument(impl.writer, "1.0", "UTF-8", nullptr));
  impl.check(xmlTextWriterStartElement(impl.writer, xml("rss")));
  impl.check(xmlTextWriterWriteAttribute(impl.writer, xml("version"), xml("2.0")));
  impl.check(xmlTextWriterWriteAttribute(impl.writer, xml("xmlns:g"), xml(kGoogle)));
  impl.check(xmlTextWriterStartElement(impl.writer, xml("channel")));
  impl.element("title", plain_text(heading.title, kTitleMax));
  impl.element("link", heading.link);
  impl.element("description", plain_text(heading.description, kDescriptionMax));
}

RssWriter::~RssWriter() {
  if (impl_->writer != nullptr) xmlFreeTextWriter(impl_->writer);
}

void RssWriter::add(const Item& item) {
  auto& impl = *impl_;
  if (impl.failed) return;
  impl.check(xmlTextWriterStartElement(impl.writer, xml("item")));
  impl.element("g:id", item.id);
  impl.element("title", item.title);
  impl.element("description", item.description);
  impl.element("link", item.link);
  impl.element("g:image_link", item.image_link);
  for (const auto& image : item.more_images) impl.element("g:additional_image_link", image);
  impl.element("g:availability", std::string(to_string(item.availability)));
  impl.element("g:price", price_text(item.price));
  impl.element("g:condition", "new");
  impl.element("g:brand", item.brand);
  impl.element("g:gtin", item.gtin);
  if (item.gtin.empty()) impl.element("g:identifier_exists", "no");
  impl.element("g:product_type", item.product_type);
  impl.element("g:unit_pricing_measure", item.unit_pricing_measure);
  impl.element("g:unit_pricing_base_measure", item.unit_pricing_base_measure);
  impl.element("g:shipping_weight", item.shipping_weight);
  impl.element("g:expiration_date", item.expiration_date);
  for (std::size_t i = 0; i < item.labels.size(); ++i) {
    const auto name = "g:custom_label_" + std::to_string(i);
    impl.element(name.c_str(), item.labels[i]);
  }
  impl.check(xmlTextWriterEndElement(impl.writer));
}

bool RssWriter::finish() {
  auto& impl = *impl_;
  if (impl.writer == nullptr) return false;
  impl.check(xmlTextWriterEndDocument(impl.writer));
  xmlFreeTextWriter(impl.writer);  // writes what it still holds
  impl.writer = nullptr;
  return !impl.failed;
}

base::Result<std::set<std::string>> ids_in(std::string_view rss) {
  const base::Error no_feed{base::ErrorCode::protocol, "is no product feed", {}, {}};
  if (rss.size() > INT_MAX) return no_feed;
  auto* reader = xmlReaderForMemory(rss.data(), static_cast<int>(rss.size()), nullptr, nullptr,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (reader == nullptr) return no_feed;
  std::set<std::string> ids;
  bool channel = false;
  bool refused = false;
  int more = xmlTextReaderRead(reader);
  for (; more == 1 && !refused; more = xmlTextReaderRead(reader)) {
    const auto kind = xmlTextReaderNodeType(reader);
    refused = kind == XML_READER_TYPE_DOCUMENT_TYPE;
    if (kind != XML_READER_TYPE_ELEMENT) continue;
    channel = channel || view(xmlTextReaderConstName(reader)) == "channel";
    if (view(xmlTextReaderConstLocalName(reader)) != "id" ||
        view(xmlTextReaderConstNamespaceUri(reader)) != kGoogle) {
      continue;
    }
    auto* text = xmlTextReaderReadString(reader);
    if (text != nullptr) ids.emplace(view(text));
    xmlFree(text);
  }
  xmlFreeTextReader(reader);
  if (more != 0 || refused || !channel) return no_feed;
  return ids;
}

}  // namespace feed
