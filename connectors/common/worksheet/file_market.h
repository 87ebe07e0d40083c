#pragma once
// A marketplace with an API, for a shop without keys to it: option orders_by = file. Orders come as
// the seller centre's export, changes go out as worksheets, as for Voso and Postmart. The export's
// headings and words are built in from config/maps/<channel>-orders.csv; order_words adds more.
// Options: exchange_dir, order_sheet, legacy_text, order_words (order_options.h). Errors: invalid,
// for a channel whose export nobody has described, and those of the options. Threads: safe.
#include <memory>
#include <string>

#include "connectors/common/worksheet/order_words.h"
#include "connectors/connector.h"
#include "connectors/factory.h"

namespace connectors::common {

base::Result<OrderWords> vendor_order_words(const std::string& channel);
base::Result<std::unique_ptr<Connector>> make_file_market(const std::string& channel,
                                                          const Settings& settings);

}  // namespace connectors::common
