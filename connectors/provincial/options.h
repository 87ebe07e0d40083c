#pragma once
// The account's options (README.md has the table). Private to this folder. Threads: values.
#include <cstddef>
#include <string>

#include "base/result.h"
#include "connectors/factory.h"

namespace connectors::provincial {

inline constexpr std::size_t kPageMax = 100;  // the store refuses more

struct Options {
  std::string base_url;  // the store's root, sub-path included
  std::string consumer_key;
  std::string consumer_secret;
  bool rest_route = false;              // ?rest_route=/wc/v3/… in place of /wp-json/wc/v3/…
  bool oauth1_over_plain_http = false;  // signed calls where the store has no TLS
  bool variations = true;               // packs of one product are variations of it
  bool create_categories = false;       // those of the map that the store does not have
  std::string collection;               // "tag:Name" or "category:Name"; empty: the flag alone
  std::string images_base_url;          // empty: products go up without pictures
  std::string proxy;
  std::string ca_file;
  std::size_t page_size = kPageMax;
  int calls_per_second = 20;
  std::string shipped_status = "completed";  // what an order becomes when it was sent
  std::string webhook_secret;                // made of the keys when none is given
};

// `invalid` names the option, never its value.
base::Result<Options> read_options(const Settings& settings);

// Host and path of the store, for people.
std::string store_name(const Options& options);

}  // namespace connectors::provincial
