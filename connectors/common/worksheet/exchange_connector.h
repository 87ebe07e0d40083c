#pragma once
// A marketplace without an API: worksheets go out into a folder, order exports come in from one.
// Voso and Postmart are this with their own names and words (their folders).
//   pull_orders   one page is one file, in name order; `page_cursor` is the name of the file
//   before.
//                 Files taken in before are read again: the core knows their orders, a later file
//                 wins. Complete through the latest export that could be read.
// Threads: one per instance.
#include <memory>
#include <string>

#include "connectors/common/worksheet/exchange_folder.h"
#include "connectors/common/worksheet/order_words.h"
#include "connectors/connector.h"

namespace connectors::common {

struct Market {
  std::string name;           // as people call it
  OrderWords words;           // of its order export
  base::Error no_api;         // what a call that wants an API is told
  bool own_shipping = false;  // as in Capabilities
};

std::unique_ptr<Connector> make_exchange_connector(Market market, ExchangeFolder folder);

}  // namespace connectors::common
