#pragma once
// The push-parser half of XmlPull: bytes in, a queue of events out. Private: shows libxml2.
// Threads: one per object. Errors: as xml.h says.
#include <libxml/parser.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "connectors/common/xml.h"

namespace connectors::common {

struct XmlEvent {
  XmlKind kind = XmlKind::none;
  std::string name;
  std::string text;
  std::vector<XmlAttribute> attributes;
  int line = 0;
  int depth = 0;
};

class XmlSource {
 public:
  explicit XmlSource(const XmlLimits& limits);
  ~XmlSource();
  XmlSource(const XmlSource&) = delete;
  XmlSource& operator=(const XmlSource&) = delete;

  // Parses more bytes. False: stop feeding, error() says why.
  bool feed(std::string_view bytes);
  bool finish();  // no more bytes come

  std::deque<XmlEvent>& events() { return events_; }
  const std::optional<base::Error>& error() const { return error_; }

 private:
  struct Callbacks;
  friend struct Callbacks;

  bool parse(const char* bytes, int size, bool last);
  void element(std::string name, int attribute_count, const xmlChar** attributes);
  void end_element(std::string name);
  void characters(std::string_view text);
  void flush_text();
  void fail(const std::string& what);
  void fail_at(int line, const std::string& what);
  int line() const;

  XmlLimits limits_;
  xmlSAXHandler handler_{};
  xmlParserCtxtPtr parser_ = nullptr;
  std::size_t bytes_ = 0;
  int depth_ = 0;
  std::string text_;
  std::deque<XmlEvent> events_;
  std::optional<base::Error> error_;
};

}  // namespace connectors::common
