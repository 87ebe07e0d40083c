#pragma once
// One XML part pushed through libxml2's SAX2 parser, with nothing between the parser and the reader
// but views: a sheet has millions of elements. (xml.h's XmlPull is the comfortable one; it makes a
// string of each.) Private to this folder.
//
// A DOCTYPE is refused at its line, no entity but the five of XML is known, no file and no network
// is opened. A view lives until its call returns. Names come without prefix. Errors: rejected
// bad_xml. Threads: one per object. Source: libxml2 2.9.14.
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace connectors::common {

struct SaxAttribute {
  std::string_view name;
  std::string_view value;  // a "&" stands as "&#38;"
};

class SaxSink {
 public:
  virtual ~SaxSink() = default;
  virtual void start(std::string_view name, std::span<const SaxAttribute> attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view bytes) = 0;
  // What stopped the sink; it hears nothing more.
  const std::optional<base::Error>& error() const { return error_; }

 protected:
  void fail(base::Error error) {
    if (!error_) error_ = std::move(error);
  }

 private:
  std::optional<base::Error> error_;
};

class SaxPart {
 public:
  explicit SaxPart(SaxSink& sink);
  ~SaxPart();
  SaxPart(const SaxPart&) = delete;
  SaxPart& operator=(const SaxPart&) = delete;

  base::Status feed(std::string_view bytes);
  base::Status finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::optional<std::string_view> attribute(std::span<const SaxAttribute> attributes,
                                          std::string_view name);
// Digits only, at most `max`; else nullopt.
std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t max);

}  // namespace connectors::common
