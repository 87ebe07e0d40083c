// Whole products under a seeded plan of faults: whatever was lost on the way, in the end the store
// shows every pack once, as wanted, and no more than was there when a product was turned.
// NONGSAN_TEST_SEED and NONGSAN_OPERATIONS run it again, or longer.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "connectors/provincial/store_test.h"

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
  bool unproven = false;    // bound by a look-up: what it shows is sent once more

  std::span<ListingContent> shown() { return {packs.data(), wanted}; }
};

class ProvincialFaults : public ConnectorContract {
 protected:
  static constexpr int kTriesMax = 80;

  Product product(int number) {
    Product out;
    for (int pack = 0; pack < 3; ++pack) {
      const auto tail = std::to_string(number) + "-" + std::to_string(pack);
      auto one = content("SKU-" + tail, 50'000 + 20'000 * pack, 10 + pack);
      one.product = catalog::ProductId{"product-" + std::to_string(number)};
      one.product_name = {"Sản phẩm số " + std::to_string(number), ""};
      one.pack_name = {"Gói " + std::to_string(pack % 2), ""};  // two packs of one name
      one.title = {one.product_name.vi + " - " + one.pack_name.vi, ""};
      out.packs.push_back(one);
    }
    return out;
  }

  void plan_faults(double probability) {
    std::vector<value> rules;
    const auto rule = [&](const std::string& kind, int status, const std::string& body) {
      auto one = value::object();
      one["channel"] = value::string("provincial");
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
      rule("status", 500, R"({"code":"internal_server_error","message":"…"})");
      rule("status", 429, "slow down");
    }
    context_.faults.set(value::array(rules));
  }

  // What the core does with a binding that a read does not know: the SKU says where it is now.
  bool look_again(Product& product) {
    for (auto& pack : product.shown()) {
      if (pack.binding.empty()) continue;
      const auto read = connector().read({&pack.binding, 1});
      if (!read) return false;
      if (!read.value().empty()) continue;
      const auto found = connector().find(pack.sku);
      if (!found) return false;
      EXPECT_TRUE(found.value().has_value()) << pack.sku.text << " is lost";
      if (found.value()) pack.binding = found.value()->binding;
    }
    return true;
  }

  bool look_up(Product& product) {
    if (!product.asks_first) return true;
    for (auto& pack : product.shown()) {
      if (!pack.binding.empty()) continue;
      const auto found = connector().find(pack.sku);
      if (!found) return false;
      if (!found.value()) continue;
      pack.binding = found.value()->binding;
      product.unproven = true;
    }
    product.asks_first = false;
    return true;
  }

  // `all`: known packs too, as when the product's texts changed.
  bool try_publish(Product& product, bool all) {  // NOLINT: one switch
    if (!look_up(product)) return false;
    std::vector<ListingContent> batch;
    std::string item;
    for (auto& pack : product.shown()) {
      if (item.empty()) item = pack.binding.item_id;
    }
    for (auto& pack : product.shown()) {
      pack.sibling_item_id = pack.binding.empty() ? item : "";
      if (all || product.unproven || pack.binding.empty()) batch.push_back(pack);
    }
    if (batch.empty()) return true;
    const auto report = connector().publish(batch);
    const auto bind = [&](const Sku& sku, const catalog::Binding& binding) {
      for (auto& pack : product.packs) {
        if (pack.sku == sku) pack.binding = binding;
      }
    };
    for (const auto& accepted : report.accepted) bind(batch[accepted.index].sku, accepted.binding);
    for (const auto& moved : report.rebound) bind(moved.sku, moved.binding);
    for (const auto& rejection : report.rejected) {
      const bool known = !batch[rejection.index].binding.empty();
      if (rejection.error.code == ErrorCode::conflict && !known) {
        product.asks_first = true;
      } else {
        ADD_FAILURE() << batch[rejection.index].sku.text << ": " << rejection.error.message;
      }
    }
    if (!report.stopped_by && !product.asks_first) {
      product.unproven = false;
      return true;
    }
    product.asks_first = true;
    look_again(product);
    return false;
  }

  bool try_stock(Product& product) {
    std::vector<connectors::StockUpdate> updates;
    for (const auto& pack : product.shown()) {
      updates.push_back({pack.sku, pack.binding, false, pack.initial_stock});
    }
    const bool done = connector().push_stock(updates).accepted.size() == updates.size();
    return done || (look_again(product) && false);
  }

  bool try_prices(Product& product) {
    std::vector<connectors::PriceUpdate> updates;
    for (const auto& pack : product.shown())
      updates.push_back({pack.sku, pack.binding, pack.price});
    const bool done = connector().push_prices(updates).accepted.size() == updates.size();
    return done || (look_again(product) && false);
  }

  template <typename Try>
  void until_done(Product& product, Try attempt) {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      if (attempt(product)) return;
      pass(6s);
    }
    ADD_FAILURE() << "not done after " << kTriesMax << " tries";
  }

  bool try_erase(Product& product) {
    std::vector<catalog::Binding> bindings;
    for (const auto& pack : product.shown()) bindings.push_back(pack.binding);
    return connector().erase(bindings).accepted.size() == bindings.size();
  }

  // The last of a product: shown as wanted, then gone altogether.
  void end(Product& one) {
    until_done(one, [&](Product& which) { return look_again(which); });
    expect_shown(one);
    until_done(one, [&](Product& which) { return try_erase(which); });
    for (const auto& pack : one.packs) EXPECT_TRUE(shown(pack.sku.text).empty());
  }

  void step(Product& one, std::mt19937_64& dice) {
    const auto what = dice() % 8;
    if (what == 0 && one.wanted < one.packs.size()) {
      ++one.wanted;
      until_done(one, [&](Product& which) { return try_publish(which, false); });
    } else if (what < 4) {
      for (auto& pack : one.shown()) pack.visible = dice() % 4 != 0;
      until_done(one, [&](Product& which) { return try_publish(which, true); });
    } else if (what < 6) {
      for (auto& pack : one.shown()) pack.initial_stock = static_cast<std::int64_t>(dice() % 50);
      until_done(one, [&](Product& which) { return try_stock(which); });
    } else {
      for (auto& pack : one.shown()) {
        pack.price = 40'000 + static_cast<std::int64_t>(dice() % 9) * 1'000;
      }
      until_done(one, [&](Product& which) { return try_prices(which); });
    }
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
      EXPECT_EQ(rows[0].visible, pack.visible) << pack.sku.text;
      items.insert(rows[0].remote_id.substr(0, rows[0].remote_id.find('/')));
    }
    EXPECT_EQ(items.size(), 1U);
  }
};

TEST_P(ProvincialFaults, LeaveNoTwinAndNothingUndone) {
  const auto seed = number_from("NONGSAN_TEST_SEED", 20'261'124);
  const auto operations = number_from("NONGSAN_OPERATIONS", 400);
  std::cout << "seed " << seed << ", operations " << operations << "\n";
  std::mt19937_64 dice{seed};
  plan_faults(0.02);
  std::vector<Product> products;
  int begun = 0;

  for (std::uint64_t done = 0; done < operations && !HasFailure(); ++done) {
    SCOPED_TRACE("operation " + std::to_string(done));
    const bool turn_over = dice() % 16 == 0;
    if (products.size() < 4 || turn_over) {
      products.push_back(product(begun++));
      products.back().wanted = 1 + dice() % 3;
      until_done(products.back(), [&](Product& one) { return try_publish(one, false); });
    } else {
      step(products[dice() % products.size()], dice);
    }
    if (products.size() > 4) {
      end(products.front());
      products.erase(products.begin());
    }
  }
  plan_faults(0);

  for (auto& one : products) end(one);
  EXPECT_TRUE(channel().shown().empty()) << "nothing is left lying about";
}

INSTANTIATE_TEST_SUITE_P(Provincial, ProvincialFaults, ::testing::Values(provincial_shop()),
                         shop_name);

}  // namespace
}  // namespace contract
