#include "connectors/provincial/mapping.h"

#include <gtest/gtest.h>

#include "connectors/common/session.h"
#include "connectors/provincial/errors.h"
#include "connectors/provincial/refunds.h"
#include "connectors/provincial/webhooks.h"
#include "tests/contract/mapping_cases.h"

namespace connectors::provincial {
namespace {

using common::Json;
using common::json_array;
using common::json_object;
using common::json_string;
using contract::MappingCase;

std::string said(const base::Error& error) {
  return std::string(base::to_string(error.code)) + ": " + error.message;
}

// What a publish batch sends, and what its answer says about each product.
Json publish_result(const MappingCase& one) {
  std::vector<Json> bodies;
  std::vector<Json> verdicts;
  const auto answers = common::items(one.response, "create");
  for (const auto& row : common::items(one.request, "contents")) {
    const auto content = contract::content_of(row);
    const auto& answer = answers[bodies.size()];
    bodies.push_back(product_json(content, {}));
    const auto* error = common::child(answer, "error");
    verdicts.push_back(json_string(error != nullptr
                                       ? said(translate(*error))
                                       : difference(content, answer).value_or("as wanted")));
  }
  return json_object(
      {{"bodies", json_array(std::move(bodies))}, {"verdicts", json_array(std::move(verdicts))}});
}

Json update_result(const MappingCase& one) {
  std::vector<Json> bodies;
  std::vector<Json> answers;
  for (const auto& row : common::items(one.request, "updates")) {
    const catalog::Binding binding{common::text(row, "item"), {}};
    const auto stock = common::integer(row, "stock");
    const auto price = common::integer(row, "price").value_or(0);
    bodies.push_back(stock ? stock_json({catalog::Sku{"S"}, binding, false, *stock})
                           : price_json({catalog::Sku{"S"}, binding, price}));
  }
  for (const auto& row : common::items(one.response, "update")) {
    const auto* error = common::child(row, "error");
    answers.push_back(error != nullptr ? contract::dump(translate(*error))
                                       : contract::dump(to_listing(row)));
  }
  return json_object(
      {{"bodies", json_array(std::move(bodies))}, {"answers", json_array(std::move(answers))}});
}

Json orders_result(const MappingCase& one) {
  std::vector<Json> orders;
  std::vector<Json> unreadable;
  for (const auto& row : common::items_of(one.response)) {
    const auto order = to_order(row);
    if (!order) unreadable.push_back(contract::dump(order.error()));
    if (order && order.value()) orders.push_back(contract::dump(*order.value()));
  }
  return json_object({{"orders", json_array(std::move(orders))},
                      {"unreadable", json_array(std::move(unreadable))}});
}

Json error_result(const MappingCase& one) {
  const auto repeatable = common::text(one.request, "repeatable") == "yes" ? common::Repeatable::yes
                                                                           : common::Repeatable::no;
  const auto status = static_cast<int>(common::integer(one.request, "status").value_or(0));
  const auto error = reply_error({status, {}, one.response_text}, repeatable, {});
  return json_object({{"error", json_string(error ? said(*error) : "none")}});
}

Json refund_result(const MappingCase& one) {
  const auto found = return_case(*common::child(one.request, "order"), one.response);
  if (!found) return json_object({{"unreadable", contract::dump(found.error())}});
  if (!found.value()) return json_object({{"case", Json{}}});
  const auto& case_of = *found.value();
  std::vector<Json> lines;
  for (const auto& line : case_of.lines) {
    lines.push_back(json_object({{"line", json_string(line.remote_line_id)},
                                 {"sku", json_string(line.sku.text)},
                                 {"quantity", common::json_number(line.quantity)}}));
  }
  return json_object(
      {{"case", json_object({{"id", json_string(case_of.remote_id)},
                             {"order", json_string(case_of.order_id)},
                             {"status", json_string(catalog::to_string(case_of.status))},
                             {"remote_status", json_string(case_of.remote_status)},
                             {"reason", json_string(case_of.reason)},
                             {"refund", common::json_number(case_of.refund.minor)},
                             {"created_at", json_string(base::utc_iso(case_of.created_at))},
                             {"updated_at", json_string(base::utc_iso(case_of.updated_at))},
                             {"lines", json_array(std::move(lines))}})}});
}

Json webhook_result(const MappingCase& one) {
  const auto hook = read_hook(one.response);
  return json_object({{"id", json_string(hook.id)},
                      {"topic", json_string(hook.topic)},
                      {"status", json_string(hook.status)},
                      {"url", json_string(hook.url)}});
}

std::string word(WebhookKind kind) {
  switch (kind) {
    case WebhookKind::ping:
      return "ping";
    case WebhookKind::order:
      return "order";
    case WebhookKind::listing:
      return "listing";
    case WebhookKind::consent:
    case WebhookKind::after_sale:
    case WebhookKind::other:
      break;
  }
  return "other";
}

class NoSessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return std::nullopt; }
  void save(const common::Session&) override {}
};

// A delivery as it was received: the body is the file, byte for byte.
Json message_result(const MappingCase& one) {
  base::ManualClock clock{base::from_unix_s(1'795'500'000)};
  NoSessions sessions;
  common::ManualWaiter waiter{clock};
  Options options;
  options.base_url = "https://san.example.vn";
  options.webhook_secret = common::text(one.request, "secret");
  Client client(options, {clock, sessions, waiter});
  WebhookRequest request;
  for (const auto& [name, value] : common::child(one.request, "headers")->as_object()) {
    request.headers[name] = common::text_of(value);
  }
  request.body = one.response_text;
  const auto event = StoreWebhooks(client).verify(request);
  if (!event) return json_object({{"error", contract::dump(event.error())}});
  std::vector<std::pair<std::string, Json>> out{{"kind", json_string(word(event.value().kind))},
                                                {"order", json_string(event.value().order_id)},
                                                {"item", json_string(event.value().item_id)}};
  if (event.value().kind != WebhookKind::ping) {
    out.emplace_back("at", json_string(base::utc_iso(event.value().at)));
  }
  return json_object(out);
}

Json result_of(const MappingCase& one) {
  const auto call = common::text(one.request, "call");
  if (call == "create") return publish_result(one);
  if (call == "update") return update_result(one);
  if (call == "orders") return orders_result(one);
  if (call == "error") return error_result(one);
  if (call == "refund") return refund_result(one);
  if (call == "webhook") return webhook_result(one);
  if (call == "message") return message_result(one);
  if (call == "listings") {
    std::vector<RemoteListing> listings;
    for (const auto& row : common::items_of(one.response)) listings.push_back(to_listing(row));
    return json_object({{"listings", contract::dump(listings)}});
  }
  ADD_FAILURE() << one.name << ": unknown call " << call;
  return {};
}

TEST(ProvincialMapping, EveryFixtureGivesWhatItExpects) {
  const auto cases = contract::mapping_cases("connectors/provincial/fixtures");
  EXPECT_FALSE(cases.empty());

  for (const auto& one : cases) {
    EXPECT_EQ(common::to_text(result_of(one)), common::to_text(one.expected)) << one.name;
  }
}

TEST(ProvincialMapping, SaysWhatAListingLacks) {
  ListingContent content;
  content.sku = catalog::Sku{"TL-DO"};
  content.title.vi = "Thanh long";
  content.price = 65'000;
  EXPECT_FALSE(problem_with(content).has_value());

  auto unnamed = content;
  unnamed.title.vi = " ";
  auto mapped_by_name = content;
  mapped_by_name.category_remote_id = "trai-cay";
  auto free_of_charge = content;
  free_of_charge.price = 0;
  auto bound_elsewhere = content;
  bound_elsewhere.binding.item_id = "12a";

  for (const auto& bad : {unnamed, mapped_by_name, free_of_charge, bound_elsewhere}) {
    const auto problem = problem_with(bad);
    ASSERT_TRUE(problem.has_value());
    EXPECT_EQ(problem->code, base::ErrorCode::rejected);
    EXPECT_NE(problem->message.find("TL-DO"), std::string::npos);
  }
}

TEST(ProvincialMapping, PicturesTravelWithTheirFingerprint) {
  ListingContent content;
  content.title.vi = "Nấm rơm";

  const auto with = product_json(content, {{"https://p.example.vn/a.jpg"}, "f00d"});
  const auto without = product_json(content, {});

  EXPECT_EQ(picture_fingerprint(with), "f00d");
  EXPECT_EQ(common::text(common::items(with, "images")[0], "src"), "https://p.example.vn/a.jpg");
  EXPECT_EQ(common::child(without, "images"), nullptr);
  EXPECT_EQ(picture_fingerprint(without), "");
}

TEST(ProvincialMapping, AWriteThatMayHaveHappenedStaysOpenWhateverTheBodySays) {
  const std::string body =
      R"({"code":"internal_server_error","message":"x","data":{"status":500}})";

  EXPECT_EQ(reply_error({500, {}, body}, common::Repeatable::no, {})->code,
            base::ErrorCode::unknown_outcome);
  EXPECT_EQ(reply_error({500, {}, body}, common::Repeatable::yes, {})->code,
            base::ErrorCode::unavailable);
  EXPECT_EQ(reply_error({403, {}, "<html>blocked"}, common::Repeatable::no, {})->code,
            base::ErrorCode::rejected);
  EXPECT_FALSE(reply_error({201, {}, "{}"}, common::Repeatable::no, {}).has_value());
}

}  // namespace
}  // namespace connectors::provincial
