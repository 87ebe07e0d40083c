#pragma once
// Items as RSS 2.0 with Google's `g:` fields, written by libxml2 as a stream: the document never
// stands in memory. And the ids that such a file holds, read back the same way: any DOCTYPE is
// refused, no entity is expanded, nothing else is opened.
// Errors: protocol (a file that is no such feed). Threads: one per object. Nothing throws.
// Source: libxml2 2.9.14, xmlTextWriter and xmlTextReader; RSS 2.0.
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "feed/item.h"

namespace feed {

struct Heading {
  std::string title;
  std::string link;
  std::string description;
};

class RssWriter {
 public:
  using Put = std::function<bool(std::string_view)>;  // false: stop

  RssWriter(const Heading& heading, Put put);
  ~RssWriter();
  RssWriter(const RssWriter&) = delete;
  RssWriter& operator=(const RssWriter&) = delete;

  void add(const Item& item);
  // Closes the document; false when a write failed on the way.
  bool finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

base::Result<std::set<std::string>> ids_in(std::string_view rss);

}  // namespace feed
