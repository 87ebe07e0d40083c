// Whole products under a seeded plan of faults: whatever was lost on the way, in the end the shop
// shows every pack once, as wanted. NONGSAN_TEST_SEED and NONGSAN_PRODUCT_OPERATIONS run it
// again, or longer. FaultRun works on orders, too.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "connectors/shopee/shop_test.h"
#include "tests/contract/fault_run.h"

namespace contract {
namespace {

using base::ErrorCode;
using catalog::Sku;
using connectors::ListingContent;
using web::json::value;
using namespace std::chrono_literals;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Product {
  std::vector<ListingContent> packs;
  std::size_t wanted = 1;   // how many of them are to be shown by now
  bool asks_first = false;  // a publication was not answered
};

class ShopeeFaults : public ConnectorContract {
 protected:
  static constexpr int kTriesMax = 60;

  Product product(int number) {
    Product out;
    for (int pack = 0; pack < 3; ++pack) {
      const auto tail = std::to_string(number) + "-" + std::to_string(pack);
      auto one = content("SKU-" + tail, 50'000 + 20'000 * pack, 10 + pack);
      one.product = catalog::ProductId{"product-" + std::to_string(number)};
      one.product_name = {"Sản phẩm số " + std::to_string(number), ""};
      one.pack_name = {"Gói " + std::to_string(pack), ""};
      out.packs.push_back(one);
    }
    return out;
  }

  void plan_faults(double probability) {
    std::vector<value> rules;
    const auto rule = [&](const std::string& kind, int status, const std::string& body) {
      auto one = value::object();
      one["channel"] = value::string("shopee");
      one["kind"] = value::string(kind);
      one["status"] = value::number(status);
      one["body"] = value::string(body);
      one["times"] = value::number(1'000'000);
      one["probability"] = value::number(probability);
      rules.push_back(one);
    };
    if (probability > 0) {
      rule("truncated", 200, "");
      rule("drop", 200, "");
      rule("html", 200, "");
      rule("status", 503, "busy");
      rule("status", 200, R"({"error":"error_rate_limit","message":"Too many requests."})");
      rule("status", 200, R"({"error":"error_server","message":"inner error"})");
    }
    context_.faults.set(value::array(rules));
  }

  // One try of what the core does: look up what is not known, then publish the product.
  bool try_publish(Product& product) {
    const std::span<ListingContent> packs{product.packs.data(), product.wanted};
    std::string item;
    for (auto& pack : packs) {
      if (pack.binding.empty() && product.asks_first) {
        const auto found = connector().find(pack.sku);
        if (!found) return false;
        if (found.value()) pack.binding = found.value()->binding;
      }
      if (item.empty()) item = pack.binding.item_id;
    }
    for (auto& pack : packs) pack.sibling_item_id = pack.binding.empty() ? item : "";
    const auto report = connector().publish(packs);
    for (const auto& accepted : report.accepted) packs[accepted.index].binding = accepted.binding;
    for (const auto& rejection : report.rejected) {
      ADD_FAILURE() << packs[rejection.index].sku.text << ": " << rejection.error.message;
    }
    product.asks_first = report.stopped_by.has_value();
    return !report.stopped_by;
  }

  bool try_stock(Product& product) {
    std::vector<connectors::StockUpdate> updates;
    for (std::size_t i = 0; i < product.wanted; ++i) {
      const auto& pack = product.packs[i];
      updates.push_back({pack.sku, pack.binding, false, pack.initial_stock});
    }
    return connector().push_stock(updates).accepted.size() == updates.size();
  }

  bool try_prices(Product& product) {
    std::vector<connectors::PriceUpdate> updates;
    for (std::size_t i = 0; i < product.wanted; ++i) {
      updates.push_back({product.packs[i].sku, product.packs[i].binding, product.packs[i].price});
    }
    return connector().push_prices(updates).accepted.size() == updates.size();
  }

  template <typename Try>
  void until_done(Product& product, Try attempt) {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      if (attempt(product)) return;
      pass(2s);
    }
    ADD_FAILURE() << "not done after " << kTriesMax << " tries";
  }

  void expect_shown(const Product& product) {
    std::set<std::string> items;
    for (std::size_t i = 0; i < product.packs.size(); ++i) {
      const auto& pack = product.packs[i];
      const auto rows = shown(pack.sku.text);
      ASSERT_EQ(rows.size(), i < product.wanted ? 1U : 0U) << pack.sku.text;
      if (rows.empty()) continue;
      EXPECT_EQ(rows[0].price, pack.price) << pack.sku.text;
      EXPECT_EQ(rows[0].stock, pack.initial_stock) << pack.sku.text;
      EXPECT_TRUE(rows[0].visible) << pack.sku.text;
      items.insert(rows[0].remote_id.substr(0, rows[0].remote_id.find('/')));
    }
    EXPECT_EQ(items.size(), 1U);
  }
};

TEST_P(ShopeeFaults, LeaveNoTwinAndNothingUndone) {
  const auto seed = number_from("NONGSAN_TEST_SEED", 20'261'124);
  const auto operations = number_from("NONGSAN_PRODUCT_OPERATIONS", 120);
  std::cout << "seed " << seed << ", operations " << operations << "\n";
  std::mt19937_64 dice{seed};
  const auto before = channel().shown().size();
  std::vector<Product> products;
  for (int number = 0; number < 6; ++number) {
    products.push_back(product(number));
    products.back().wanted = 1 + dice() % 3;
    until_done(products.back(), [&](Product& one) { return try_publish(one); });
  }
  plan_faults(0.02);

  for (std::uint64_t step = 0; step < operations && !HasFailure(); ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    auto& one = products[dice() % products.size()];
    for (auto& pack : one.packs) pack.initial_stock = static_cast<std::int64_t>(dice() % 50);
    for (auto& pack : one.packs)
      pack.price = 40'000 + static_cast<std::int64_t>(dice() % 9) * 1'000;
    if (one.wanted < one.packs.size() && dice() % 4 == 0) ++one.wanted;
    until_done(one, [&](Product& which) { return try_publish(which); });
    until_done(one, [&](Product& which) { return try_stock(which); });
    until_done(one, [&](Product& which) { return try_prices(which); });
  }
  plan_faults(0);

  for (const auto& one : products) expect_shown(one);
  std::size_t wanted = 0;
  for (const auto& one : products) wanted += one.wanted;
  EXPECT_EQ(channel().shown().size(), before + wanted) << "nothing is left lying about";
}

Shop ten_orders_a_page() {
  auto shop = shopee_shop();
  shop.open = [](sandbox::Context& context) {
    auto out = open_shopee(context);
    out.options["page_size"] = "10";
    return out;
  };
  return shop;
}

INSTANTIATE_TEST_SUITE_P(Shopee, FaultRun, ::testing::Values(ten_orders_a_page()), shop_name);
INSTANTIATE_TEST_SUITE_P(Shopee, ShopeeFaults, ::testing::Values(shopee_shop()), shop_name);

}  // namespace
}  // namespace contract
