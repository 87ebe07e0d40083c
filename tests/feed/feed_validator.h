#pragma once
// The documented rules of a product feed, checked by themselves: a tree of libxml2 and nothing of
// feed/. Source: Google Merchant Center, "RSS 2.0 specification", "Product data specification".
#include <map>
#include <string>
#include <vector>

namespace feed_test {

struct CheckedItem {
  std::map<std::string, std::string> fields;  // "g:price", "title"; of repeated ones the last
};

struct Checked {
  std::vector<std::string> breaches;  // "LA-1: g:price is …"
  std::vector<CheckedItem> items;
};
Checked check_feed(const std::string& bytes);

}  // namespace feed_test
