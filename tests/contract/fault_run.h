#pragma once
// A shop worked on under a seeded plan of faults, and once more without any: in the end both shops
// show the same and both books hold the same orders, each once.
//
// A connector's folder instantiates it like the contract suite. NONGSAN_TEST_SEED repeats a run,
// NONGSAN_OPERATIONS makes it longer (1 500 in ctest, 10 000 by hand). Faults: 429, 503, the
// channel's own "too many calls" and "server error", time-outs before and after the effect, cut
// bodies, HTML in place of an answer; tokens that expire between two pages, pages that shift. A
// pair of tokens whose renewal got no answer is lost: then a person lets us in again, as in life.
// The clock is the sandbox's; nothing sleeps. Threads: one.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <utility>

#include "tests/contract/connector_contract.h"

namespace contract {

class FaultRun : public ConnectorContract {
 protected:
  static constexpr int kTriesMax = 80;
  static constexpr std::size_t kPacks = 2;
  static constexpr std::chrono::seconds kOverlap{60};

  struct Product {
    std::vector<connectors::ListingContent> packs;
    bool asks_first = false;  // a publication was not answered
  };
  struct Plan {
    std::uint64_t seed = 0;
    std::uint64_t operations = 0;
    double fault_probability = 0;
    std::string server_error;  // the channel's own words
  };
  // What is compared: nothing in it depends on ids or on the time.
  struct Outcome {
    std::vector<std::string> shown;
    std::vector<std::string> orders;  // by when they were bought
    std::size_t listings = 0;
  };

  static std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
  }

  // Runs the plan twice, over a fresh shop each, and compares.
  void expect_the_same_with_faults(Plan plan) {
    std::cout << "seed " << plan.seed << ", operations " << plan.operations << "\n";
    const double probability = std::exchange(plan.fault_probability, 0);
    const auto clean = run(plan);
    if (HasFailure()) return;
    again_.reset();
    TearDown();
    sessions_.kept.reset();
    uploads_.kept.clear();
    context_.clock.reset();
    SetUp();
    plan.fault_probability = probability;
    const auto faulty = run(plan);
    std::cout << "listings " << faulty.listings << ", orders " << faulty.orders.size()
              << ", tries that failed " << failed_tries_ << ", new consents " << consents_ << "\n";
    EXPECT_GT(failed_tries_, static_cast<int>(plan.operations / 20)) << "the plan bites";
    EXPECT_EQ(faulty.shown, clean.shown);
    EXPECT_EQ(faulty.orders, clean.orders);
    EXPECT_EQ(faulty.listings, clean.listings) << "nothing is left lying about";
  }

 private:
  Outcome run(const Plan& plan) {
    products_.clear();
    bought_.clear();
    book_.clear();
    failed_tries_ = 0;
    mark_ = now();
    std::mt19937_64 dice{plan.seed};
    for (int i = 0; i < 4; ++i) create();
    plan_faults(plan);
    for (std::uint64_t step = 0; step < plan.operations && !HasFailure(); ++step) {
      SCOPED_TRACE("step " + std::to_string(step));
      act(dice);
    }
    context_.faults.clear();
    pass(std::chrono::minutes{10});
    pull(-1, 0);
    return outcome();
  }

  void act(std::mt19937_64& dice) {
    const auto kind = dice() % 100;
    const auto number = dice();
    auto& one = products_[dice() % products_.size()];
    auto& pack = one.packs[number % kPacks];
    if (kind < 4) {
      create();
    } else if (kind < 12) {
      pack.title.vi = "Thanh long loại " + std::to_string(number % 1'000) + " " + pack.sku.text;
      until_done("publish", [&] { return try_publish(one); });
    } else if (kind < 42) {
      pack.initial_stock = static_cast<std::int64_t>(number % 60);
      until_done("stock", [&] { return try_stock(one); });
    } else if (kind < 57) {
      pack.price = 40'000 + static_cast<std::int64_t>(number % 9) * 1'000;
      until_done("price", [&] { return try_price(pack); });
    } else if (kind < 80) {
      buy_some(pack, 1 + static_cast<std::int64_t>(number % 3));
    } else if (kind < 84) {
      cancel_one(number);
    } else if (kind < 85) {
      pass(GetParam().access_token_life);
    } else {
      pull(static_cast<int>(number % 3), number);
    }
  }

  void create() {
    const auto number = std::to_string(products_.size());
    Product fresh;
    for (std::size_t i = 0; i < kPacks; ++i) {
      auto pack = content("SKU-" + number + "-" + std::to_string(i), 50'000,
                          20 + static_cast<std::int64_t>(i));
      pack.product = catalog::ProductId{"product-" + number};
      pack.product_name = {"Sản phẩm số " + number, ""};
      pack.pack_name = {"Gói " + std::to_string(i), ""};
      fresh.packs.push_back(std::move(pack));
    }
    products_.push_back(std::move(fresh));
    auto& one = products_.back();
    until_done("create", [&] { return try_publish(one); });
    // A create that was repeated may have found its first stock sold or set: said once more.
    until_done("first stock", [&] { return try_stock(one); });
    until_done("first price", [&] { return try_price(one.packs[0]) && try_price(one.packs[1]); });
  }

  // One try of what the core does: look up what is not known, then publish the product.
  bool try_publish(Product& product) {
    std::string item;
    for (auto& pack : product.packs) {
      if (pack.binding.empty() && product.asks_first) {
        const auto found = shop().find(pack.sku);
        if (!found) return false;
        if (found.value()) pack.binding = found.value()->binding;
      }
      if (item.empty()) item = pack.binding.item_id;
    }
    for (auto& pack : product.packs) pack.sibling_item_id = pack.binding.empty() ? item : "";
    const auto report = shop().publish(product.packs);
    for (const auto& accepted : report.accepted) {
      product.packs[accepted.index].binding = accepted.binding;
    }
    bool exists = false;
    for (const auto& rejection : report.rejected) {
      const auto& pack = product.packs[rejection.index];
      exists = pack.binding.empty() && rejection.error.code == base::ErrorCode::conflict;
      if (!exists) ADD_FAILURE() << pack.sku.text << ": " << rejection.error.message;
    }
    product.asks_first = report.stopped_by.has_value() || exists;
    return !product.asks_first;
  }

  bool try_stock(const Product& product) {
    std::vector<connectors::StockUpdate> updates;
    for (const auto& pack : product.packs) {
      updates.push_back({pack.sku, pack.binding, false, pack.initial_stock});
    }
    return shop().push_stock(updates).accepted.size() == updates.size();
  }

  bool try_price(const connectors::ListingContent& pack) {
    const connectors::PriceUpdate update{pack.sku, pack.binding, pack.price};
    return shop().push_prices({&update, 1}).accepted.size() == 1;
  }

  void buy_some(connectors::ListingContent& pack, std::int64_t quantity) {
    const auto purchase = channel().buy({{pack.sku.text, quantity}});
    if (!purchase) return;  // sold out
    bought_.push_back(purchase.value().order_id);
    // What the next level of the product has to say; cancelled packs may be on sale beside it.
    pack.initial_stock = std::max<std::int64_t>(0, pack.initial_stock - quantity);
  }

  void cancel_one(std::uint64_t number) {
    if (bought_.empty()) return;
    // Restocked or not is the channel's affair: the next level that is set says what is there.
    static_cast<void>(channel().cancel(bought_[number % bought_.size()]));
  }

  // Orders since the last pull, page by page; before page `shift_at` + 1 is asked for, a buyer buys
  // and another cancels, so that the pages shift; every fourth time the token dies there as well.
  void pull(int shift_at, std::uint64_t number) {
    connectors::OrderQuery query{mark_ - kOverlap, now(), {}};
    bool shifted = shift_at < 0;
    for (int page_number = 0;; ++page_number) {
      connectors::OrderPage page;
      until_done("orders", [&] {
        auto got = shop().pull_orders(query);
        if (got) page = std::move(got).value();
        return got.ok();
      });
      if (HasFailure()) return;
      for (const auto& error : page.unreadable) ADD_FAILURE() << error.message;
      for (auto& order : page.orders) book_[order.remote_id] = std::move(order);
      query.page_cursor = page.next_cursor;
      const bool last = query.page_cursor.empty();
      if (!shifted && (last || page_number == shift_at)) {
        shifted = true;
        auto& pack = products_[number % products_.size()].packs[0];
        buy_some(pack, 1);
        cancel_one(number / 7);
        if (number % 4 == 0) pass(GetParam().access_token_life);
      }
      if (last) break;
    }
    mark_ = query.to;
  }

  connectors::Connector& shop() { return again_ ? *again_ : connector(); }

  void let_us_in_again() {
    const auto asked = shop().test();
    if (asked || asked.error().code != base::ErrorCode::unauthorized) return;
    const auto code = channel().fresh_code();
    ASSERT_TRUE(code.ok());
    again_ = connect({{GetParam().code_option, code.value()}});
    ++consents_;
  }

  template <typename Try>
  void until_done(const char* what, Try attempt) {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      if (attempt()) return;
      ++failed_tries_;
      if (tries % 4 == 3) let_us_in_again();
      pass(std::chrono::seconds{5});
    }
    ADD_FAILURE() << what << " is not done after " << kTriesMax << " tries";
  }

  void plan_faults(const Plan& plan) {
    if (plan.fault_probability <= 0) return;
    std::vector<web::json::value> rules;
    const auto rule = [&](const std::string& kind, int status, const std::string& body) {
      auto one = web::json::value::object();
      one["channel"] = web::json::value::string(channel().name());
      one["kind"] = web::json::value::string(kind);
      one["status"] = web::json::value::number(status);
      one["body"] = web::json::value::string(body);
      one["delay_ms"] = web::json::value::number(1);  // silence is the same, however long
      one["probability"] = web::json::value::number(plan.fault_probability);
      rules.push_back(one);
    };
    rule("timeout_before", 200, "");
    rule("timeout_after", 200, "");
    rule("truncated", 200, "");
    rule("drop", 200, "");
    rule("html", 200, "");
    rule("status", 429, "slow down");
    rule("status", 503, "busy");
    rule("status_after", 502, "bad gateway");
    rule("status", GetParam().throttle_status, GetParam().throttle_body);
    rule("status", 200, plan.server_error);
    context_.faults.set(web::json::value::array(rules));
  }

  Outcome outcome() {
    Outcome out;
    const auto all = channel().shown();
    out.listings = all.size();
    for (const auto& row : all) {
      out.shown.push_back(row.sku + " " + std::to_string(row.price) + " đ, " +
                          std::to_string(row.stock) + (row.visible ? "" : ", hidden"));
    }
    std::sort(out.shown.begin(), out.shown.end());
    EXPECT_EQ(book_.size(), bought_.size()) << "every order once";
    for (const auto& id : bought_) {
      const auto found = book_.find(id);
      if (found == book_.end()) {
        out.orders.push_back("lost");
        continue;
      }
      std::string text{to_string(found->second.status)};
      for (const auto& line : found->second.lines) {
        text += ", " + line.sku.text + " x " + std::to_string(line.quantity) + " - " +
                std::to_string(line.cancelled);
      }
      out.orders.push_back(std::move(text));
    }
    return out;
  }

  std::vector<Product> products_;
  std::vector<std::string> bought_;
  std::map<std::string, catalog::Order> book_;
  base::Instant mark_;
  int failed_tries_ = 0;
  int consents_ = 0;
  std::unique_ptr<connectors::Connector> again_;  // after a second consent
};

TEST_P(FaultRun, LeavesTheShopAndTheOrdersAsARunWithoutFaultsDoes) {
  Plan plan;
  plan.seed = number_from("NONGSAN_TEST_SEED", 20'261'124);
  plan.operations = number_from("NONGSAN_OPERATIONS", 500);
  plan.fault_probability = 0.015;
  plan.server_error = channel().name() == "shopee"
                          ? R"({"error":"error_server","message":"inner error"})"
                          : R"({"code":"ServiceTimeout","type":"ISP","message":"busy"})";
  expect_the_same_with_faults(plan);
}

}  // namespace contract
