#pragma once
// XML in and out through libxml2, in streams: neither side ever holds the document as a tree.
//
//   XmlWriter out;
//   out.open("Request").open("Product").element("Name", "Rau má").close().close();
//   std::string body = out.finish();
//
//   auto pull = XmlPull::from_file(path);
//   while (true) {
//     auto more = pull.value().next();
//     if (!more) return more.error();       // "line 7: …"
//     if (!more.value()) break;             // end of the document
//     if (pull.value().kind() == XmlKind::element && pull.value().name() == "product") …
//   }
//
// Reading refuses any DOCTYPE at its first line, expands no entity but the five of XML, opens no
// second file and no network, and caps bytes, depth, text and attributes. Text comes in UTF-8
// whatever encoding the document declares. `<a/>` reads as an element and its end.
// Errors: protocol (the document), invalid (the file cannot be read).
// Threads: one per object. Nothing throws. Source: libxml2 2.9.14, SAX2 push parser.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace connectors::common {

enum class XmlStyle { compact, indented };

// Misuse (a close() too many) is a bug and asserts. Text and attribute values are escaped; what XML
// cannot hold (control characters, bad UTF-8) is dropped or becomes U+FFFD. Names are the caller's.
class XmlWriter {
 public:
  explicit XmlWriter(XmlStyle style = XmlStyle::compact);
  ~XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  XmlWriter& open(std::string_view name);
  XmlWriter& attribute(std::string_view name, std::string_view value);
  XmlWriter& text(std::string_view value);
  XmlWriter& cdata(std::string_view value);  // "]]>" is split over two sections
  XmlWriter& element(std::string_view name, std::string_view value);
  XmlWriter& close();
  // Closes what is open and gives the document. The writer is empty afterwards.
  std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct XmlLimits {
  std::size_t bytes_max = std::size_t{256} << 20;
  int depth_max = 64;
  std::size_t text_bytes_max = std::size_t{1} << 20;  // of one run of text or one attribute value
  std::size_t attributes_max = 64;                    // of one element
};

enum class XmlKind { none, element, end_element, text };

struct XmlAttribute {
  std::string name;  // as written, prefix included
  std::string value;
};

class XmlPull {
 public:
  static base::Result<XmlPull> from_file(const std::string& path, const XmlLimits& limits = {});
  static base::Result<XmlPull> from_text(std::string text, const XmlLimits& limits = {});
  ~XmlPull();
  XmlPull(XmlPull&&) noexcept;
  XmlPull& operator=(XmlPull&&) noexcept;

  // Moves to the next event; false at the end of the document. After an error: the same error.
  base::Result<bool> next();

  XmlKind kind() const;
  const std::string& name() const;  // of an element or its end, as written: "g:price"
  const std::string& text() const;  // of a run of text, CDATA included, white space kept
  const std::vector<XmlAttribute>& attributes() const;
  std::optional<std::string> attribute(std::string_view name) const;
  int line() const;   // 1-based, where the tag or the run of text ends
  int depth() const;  // the root element and its end: 1; a child element and the root's text: 2

  // On an element: moves to its end and gives its text; a child element is an error.
  base::Result<std::string> read_text();
  // On an element: moves to its end.
  base::Status skip();

 private:
  struct Impl;
  explicit XmlPull(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace connectors::common
