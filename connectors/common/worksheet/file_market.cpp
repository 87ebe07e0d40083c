#include "connectors/common/worksheet/file_market.h"

#include <span>
#include <string_view>
#include <utility>

#include "connectors/common/worksheet/exchange_connector.h"
#include "connectors/common/worksheet/order_options.h"

namespace connectors::common {

// Written by cmake/EmbedText.cmake.
std::span<const std::pair<std::string_view, std::string_view>> vendor_order_texts();

namespace {

base::Error no_api(const std::string& channel) {
  return {base::ErrorCode::invalid,
          channel +
              ": gian hàng này làm bằng tệp (orders_by = file), không qua API / this shop works by "
              "files (orders_by = file), not by the API",
          {},
          "no_api"};
}

}  // namespace

base::Result<OrderWords> vendor_order_words(const std::string& channel) {
  for (const auto& [stem, text] : vendor_order_texts()) {
    if (stem != channel + "-orders") continue;
    auto words = common_order_words();
    if (const auto added = add_words(words, text); !added) return added.error();
    return words;
  }
  return base::Error{base::ErrorCode::invalid,
                     "orders_by = file: the export of " + channel + " is not known",
                     {},
                     {}};
}

base::Result<std::unique_ptr<Connector>> make_file_market(const std::string& channel,
                                                          const Settings& settings) {
  auto own = vendor_order_words(channel);
  if (!own) return own.error();
  auto words = with_options(std::move(own).value(), settings);
  if (!words) return words.error();
  auto folder = open_exchange(settings);
  if (!folder) return folder.error();
  Market market{channel, std::move(words).value(), no_api(channel)};
  market.own_shipping = true;
  return make_exchange_connector(std::move(market), std::move(folder).value());
}

}  // namespace connectors::common
