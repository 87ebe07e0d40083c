// Orders of the provincial store from buying to the end, judged by the sandbox; and the same under
// a seeded plan of faults. NONGSAN_TEST_SEED and NONGSAN_OPERATIONS run it again, or longer.
#include "tests/contract/connector_contract.h"

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "connectors/after_sale.h"
#include "connectors/fulfilment.h"
#include "connectors/provincial/connector.h"
#include "connectors/webhooks.h"
#include "sandbox/provincial/store.h"

namespace contract {
namespace {

using base::ErrorCode;
using catalog::OrderStatus;
using connectors::CancelReason;
using connectors::Decision;
using web::json::value;
using namespace std::chrono_literals;

Shop store() {
  Shop shop;
  shop.name = "Provincial";
  shop.open = [](sandbox::Context& context) -> OpenShop {
    const auto credentials = sandbox::make_credentials(context.dice).provincial;
    return {sandbox::make_provincial(context, credentials),
            {{"consumer_key", credentials.consumer_key},
             {"consumer_secret", credentials.consumer_secret}}};
  };
  shop.make = connectors::provincial::make;
  shop.small_pages = {{"page_size", "10"}};
  return shop;
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class ProvincialDay : public ConnectorContract {
 protected:
  connectors::Fulfilment& port() { return *connector().fulfilment(); }
  catalog::Order one_order(const std::string& id) {
    const auto page = connector().fetch_orders({&id, 1});
    EXPECT_TRUE(page.ok()) << page.error().message;
    if (!page || page.value().orders.size() != 1) return {};
    return page.value().orders.front();
  }
  value truth_of(const std::string& id) {
    const auto truth = channel().truth();
    for (const auto& order : truth.at("orders").as_array()) {
      if (order.at("order_id").as_string() == id) return order;
    }
    ADD_FAILURE() << "no order " << id;
    return {};
  }
  std::vector<value> hooks() {
    const auto truth = channel().truth();
    const auto& rows = truth.at("pushes").at("hooks").as_array();
    return {rows.begin(), rows.end()};
  }
  std::int64_t stock(const std::string& sku) { return shown(sku).at(0).stock; }
  std::size_t notes_of(const std::string& id) { return truth_of(id).at("notes").size(); }
  // A call that staff makes in the store itself.
  value staff(const std::string& method, const std::string& path, const std::string& body) {
    auto rest = connect_staff();
    server::http::Request request;
    request.method = method;
    const auto mark = std::min(path.find('?'), path.size());
    request.path = "/wp-json/wc/v3" + path.substr(0, mark);
    if (mark < path.size()) request.query = path.substr(mark + 1);
    request.headers = {{"Authorization", rest}, {"Host", "san.example.vn"}};
    request.body = body;
    const auto response = channel().handle(request);
    EXPECT_LT(response.status, 300) << response.body;
    return value::parse(response.body);
  }
  std::string connect_staff() const {
    sandbox::Context same{20'261'124};
    const auto keys = sandbox::make_credentials(same.dice).provincial;
    const auto text = keys.consumer_key + ":" + keys.consumer_secret;
    return "Basic " + utility::conversions::to_base64({text.begin(), text.end()});
  }
};

TEST_P(ProvincialDay, AShippedOrderTellsItsBuyerOnce) {
  publish(content("TL-DO-5KG"));
  const auto id = buy("TL-DO-5KG", 2);

  for (int times = 0; times < 3; ++times) {
    const auto parcels = port().ship({id, {}, {}, "VNPost", "EB123456789VN"});
    ASSERT_TRUE(parcels.ok()) << parcels.error().message;
    ASSERT_EQ(parcels.value().size(), 1U);
    EXPECT_EQ(parcels.value()[0].tracking_number, "EB123456789VN");
  }

  const auto truth = truth_of(id);
  EXPECT_EQ(truth.at("status").as_string(), "completed");
  ASSERT_EQ(truth.at("notes").size(), 1U);
  EXPECT_TRUE(truth.at("notes").at(0).at("customer").as_bool());
  EXPECT_NE(truth.at("notes").at(0).at("text").as_string().find("EB123456789VN"),
            std::string::npos);
  EXPECT_EQ(one_order(id).status, OrderStatus::completed);
  EXPECT_EQ(port().parcels(id).value().at(0).carrier, "VNPost");
  EXPECT_EQ(stock("TL-DO-5KG"), 38);
  EXPECT_EQ(port().cancel(id, {}, CancelReason::out_of_stock).error().code, ErrorCode::rejected);
}

TEST_P(ProvincialDay, ACancelledOrderGivesItsPacksBackAndKeepsTheReasonForTheStaff) {
  publish(content("TL-DO-5KG"));
  const auto id = buy("TL-DO-5KG", 2);
  ASSERT_EQ(stock("TL-DO-5KG"), 38);

  ASSERT_TRUE(port().cancel(id, {}, CancelReason::out_of_stock).ok());
  ASSERT_TRUE(port().cancel(id, {}, CancelReason::out_of_stock).ok());

  EXPECT_EQ(stock("TL-DO-5KG"), 40);
  const auto truth = truth_of(id);
  EXPECT_EQ(truth.at("status").as_string(), "cancelled");
  ASSERT_EQ(truth.at("notes").size(), 1U);
  EXPECT_FALSE(truth.at("notes").at(0).at("customer").as_bool());
  EXPECT_EQ(one_order(id).status, OrderStatus::cancelled);
  EXPECT_EQ(port().ship({id, {}, {}, {}, {}}).error().code, ErrorCode::rejected);
}

TEST_P(ProvincialDay, ABuyersWishToCancelIsGrantedOrTheOrderStays) {
  publish(content("TL-DO-5KG"));
  const auto id = buy("TL-DO-5KG", 2);

  EXPECT_EQ(port().answer_cancellation(id, Decision::refuse).error().code, ErrorCode::rejected);
  EXPECT_EQ(one_order(id).status, OrderStatus::to_ship);
  EXPECT_TRUE(port().answer_cancellation(id, Decision::accept).ok());
  EXPECT_EQ(one_order(id).status, OrderStatus::cancelled);
}

TEST_P(ProvincialDay, PartOfAnOrderIsRefundedBeforeItIsSent) {
  publish(content("TL-DO-5KG", 185'000, 40));
  const auto id = buy("TL-DO-5KG", 3);
  const auto line = one_order(id).lines.at(0).remote_line_id;
  const auto from = now() - 1min;

  staff("POST", "/orders/" + id + "/refunds",
        R"({"reason":"thiếu hàng","line_items":[{"id":)" + line +
            R"(,"quantity":1,"refund_total":"185000"}]})");

  auto order = one_order(id);
  EXPECT_EQ(order.lines[0].cancelled, 1);
  EXPECT_EQ(order.goods.minor, 370'000);
  EXPECT_EQ(order.status, OrderStatus::to_ship);
  EXPECT_EQ(stock("TL-DO-5KG"), 38) << "put back when it is refunded";
  staff("POST", "/orders/" + id + "/refunds",
        R"({"api_restock":false,"line_items":[{"id":)" + line + R"(,"quantity":1}]})");
  EXPECT_EQ(one_order(id).lines[0].cancelled, 2);
  EXPECT_EQ(stock("TL-DO-5KG"), 38) << "told not to";
  pass(1min);
  ASSERT_TRUE(port().ship({id, {}, {}, "", ""}).ok());
  pass(1min);
  staff("POST", "/orders/" + id + "/refunds", R"({"amount":"85000","reason":"đền"})");
  const auto returns = connector().after_sale()->pull_returns({from, now() + 1s, {}});
  ASSERT_TRUE(returns.ok()) << returns.error().message;
  ASSERT_EQ(returns.value().cases.size(), 1U);
  EXPECT_EQ(returns.value().cases[0].refund.minor, 85'000);
  EXPECT_EQ(returns.value().cases[0].order_id, id);
  EXPECT_EQ(one_order(id).lines[0].cancelled, 2) << "what came after sending is no cancellation";
  const auto money = connector().after_sale()->pull_settlements({from, now(), {}});
  ASSERT_TRUE(money.ok());
  EXPECT_TRUE(money.value().settlements.empty());
  EXPECT_FALSE(money.value().note.empty()) << "says why";
}

TEST_P(ProvincialDay, ALaterCancellationGivesBackOnlyWhatARefundHasNot) {
  publish(content("TL-DO-5KG", 185'000, 40));
  const auto id = buy("TL-DO-5KG", 3);
  const auto line = one_order(id).lines.at(0).remote_line_id;
  staff("POST", "/orders/" + id + "/refunds",
        R"({"line_items":[{"id":)" + line + R"(,"quantity":1}]})");

  ASSERT_TRUE(port().cancel(id, {}, CancelReason::cannot_deliver).ok());

  EXPECT_EQ(stock("TL-DO-5KG"), 40);
}

TEST_P(ProvincialDay, AnOrderInTheTrashIsCancelledForUs) {
  publish(content("TL-DO-5KG"));
  const auto id = buy("TL-DO-5KG", 1);
  staff("DELETE", "/orders/" + id, "");

  EXPECT_EQ(one_order(id).status, OrderStatus::cancelled);
  EXPECT_TRUE(pull(connector(), now() - 1h).empty()) << "no list shows it";
}

TEST_P(ProvincialDay, SubscribingIsDoneOnceAndMendedWhenTheStoreGaveUp) {
  auto& messages = *connector().webhooks();
  const std::string nobody = "http://127.0.0.1:9/hooks/provincial";

  ASSERT_TRUE(messages.subscribe(nobody).ok());
  ASSERT_TRUE(messages.subscribe(nobody).ok());
  EXPECT_EQ(messages.mend(nobody).value(), 0);
  EXPECT_EQ(hooks().size(), 5U);
  publish(content("TL-DO-5KG"));
  for (int i = 0; i < 7; ++i) {
    buy("TL-DO-5KG", 1);
    channel().deliver_pushes();
  }

  std::size_t disabled = 0;
  for (const auto& hook : hooks()) {
    if (hook.at("status").as_string() == "disabled") ++disabled;
  }
  EXPECT_EQ(disabled, 2U) << "created and updated: seven failures in a row";
  EXPECT_EQ(messages.mend("http://127.0.0.1:9/hooks/other").value(), 0);
  EXPECT_EQ(messages.mend(nobody).value(), 2);
  for (const auto& hook : hooks()) {
    EXPECT_EQ(hook.at("status").as_string(), "active");
  }
}

TEST_P(ProvincialDay, ASubscriptionWhoseAnswerWasLostIsNotMadeTwice) {
  fault("/webhooks", "truncated");
  auto& messages = *connector().webhooks();
  const std::string url = "http://127.0.0.1:9/hooks/provincial";
  for (int tries = 0; tries < 5 && !messages.subscribe(url); ++tries) pass(1s);

  ASSERT_TRUE(messages.subscribe(url).ok());

  std::map<std::string, int> topics;
  for (const auto& hook : hooks()) {
    ++topics[hook.at("topic").as_string()];
  }
  EXPECT_EQ(topics.size(), 5U);
  for (const auto& [topic, times] : topics) EXPECT_EQ(times, 1) << topic;
}

class ProvincialOrderFaults : public ProvincialDay {
 protected:
  static constexpr int kTriesMax = 80;

  void plan_faults(double probability) {
    std::vector<value> rules;
    const auto rule = [&](const std::string& kind, int status) {
      auto one = value::object();
      one["channel"] = value::string("provincial");
      one["kind"] = value::string(kind);
      one["status"] = value::number(status);
      one["times"] = value::number(1'000'000);
      one["probability"] = value::number(probability);
      rules.push_back(one);
    };
    if (probability > 0) {
      rule("truncated", 200);  // after the effect
      rule("drop", 200);
      rule("html", 200);
      rule("status", 503);
      rule("status", 429);
    }
    context_.faults.set(value::array(rules));
  }

  template <typename Try>
  void until_done(const Try& attempt) {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      const base::Status done = attempt();
      if (done) return;
      if (done.error().code == ErrorCode::rejected || done.error().code == ErrorCode::invalid) {
        ADD_FAILURE() << done.error().message;
        return;
      }
      pass(2s);
    }
    ADD_FAILURE() << "not done after " << kTriesMax << " tries";
  }

  // Every page since `from`, each asked for until it comes; `meanwhile` between two pages.
  template <typename Meanwhile>
  void pull_all(connectors::Connector& from_connector, base::Instant from,
                std::map<std::string, catalog::Order>& book, const Meanwhile& meanwhile) {
    connectors::OrderQuery query{from, now(), {}};
    for (int pages = 0; pages < 4'000; ++pages) {
      std::optional<connectors::OrderPage> page;
      until_done([&]() -> base::Status {
        auto got = from_connector.pull_orders(query);
        if (!got) return got.error();
        page = std::move(got).value();
        return base::Done{};
      });
      if (!page) return;
      for (const auto& problem : page->unreadable) ADD_FAILURE() << problem.message;
      for (auto& order : page->orders) take(book, std::move(order));
      query.page_cursor = page->next_cursor;
      if (query.page_cursor.empty()) return;
      meanwhile();
    }
    ADD_FAILURE() << "the pages do not end";
  }

  // As the book does: an order is one order, whatever the number of times it comes.
  static void take(std::map<std::string, catalog::Order>& book, catalog::Order order) {
    auto& known = book[order.remote_id];
    if (known.remote_id.empty() || known.updated_at <= order.updated_at) known = std::move(order);
  }
};

TEST_P(ProvincialOrderFaults, LoseNoOrderAndDoNothingTwice) {
  const auto seed = number_from("NONGSAN_TEST_SEED", 20'261'124);
  const auto operations = number_from("NONGSAN_OPERATIONS", 150);
  std::cout << "seed " << seed << ", operations " << operations << "\n";
  std::mt19937_64 dice{seed};
  publish(content("TL-DO-5KG", 65'000, 1'000'000));
  const auto small = connect(GetParam().small_pages);
  ASSERT_NE(small, nullptr);
  auto& orders_port = *small->fulfilment();
  std::vector<std::string> open;
  std::map<std::string, std::string> wanted;  // order -> status there
  std::map<std::string, std::string> numbers;
  std::map<std::string, catalog::Order> book;
  auto read_to = now() - 1s;
  const auto shop_on = [&] {
    open.push_back(buy("TL-DO-5KG", 1 + static_cast<std::int64_t>(dice() % 3)));
    wanted[open.back()] = "processing";
  };
  plan_faults(0.03);

  for (std::uint64_t step = 0; step < operations && !HasFailure(); ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    const auto what = dice() % 6;
    if (what < 3 || open.empty()) {
      for (auto more = 1 + dice() % 4; more > 0; --more) shop_on();
      if (dice() % 2 == 0) pass(1s);
      continue;
    }
    const auto at = dice() % open.size();
    const auto id = open[at];
    if (what == 3) {
      numbers[id] = "EB" + id + "VN";
      until_done([&]() -> base::Status {
        const auto sent = orders_port.ship({id, {}, {}, "VNPost", numbers[id]});
        return sent ? base::Status{base::Done{}} : sent.error();
      });
      wanted[id] = "completed";
    } else if (what == 4) {
      until_done([&] { return orders_port.cancel(id, {}, CancelReason::out_of_stock); });
      wanted[id] = "cancelled";
    } else {
      const auto from = read_to - 2s;
      read_to = now();
      pull_all(*small, from, book, shop_on);
      continue;
    }
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
  }
  pass(2s);
  pull_all(*small, read_to - 2s, book, [] {});
  plan_faults(0);

  std::int64_t units = 0;
  std::map<std::string, value> there;
  const auto truth_now = channel().truth();
  for (const auto& order : truth_now.at("orders").as_array()) {
    there[order.at("order_id").as_string()] = order;
  }
  EXPECT_EQ(book.size(), wanted.size()) << "no order lost, none invented";
  for (const auto& [id, status] : wanted) {
    const auto& truth = there.at(id);
    EXPECT_EQ(truth.at("status").as_string(), status) << id;
    EXPECT_EQ(truth.at("notes").size(), status == "processing" ? 0U : 1U) << id;
    ASSERT_TRUE(book.contains(id)) << id;
    EXPECT_EQ(book[id].remote_status, status) << id;
    if (status != "cancelled") units += book[id].lines.at(0).quantity;
  }
  EXPECT_EQ(stock("TL-DO-5KG"), 1'000'000 - units);
}

INSTANTIATE_TEST_SUITE_P(Provincial, ProvincialDay, ::testing::Values(store()), shop_name);
INSTANTIATE_TEST_SUITE_P(Provincial, ProvincialOrderFaults, ::testing::Values(store()), shop_name);

}  // namespace
}  // namespace contract
