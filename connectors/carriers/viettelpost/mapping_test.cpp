#include "connectors/carriers/viettelpost/mapping.h"

#include <gtest/gtest.h>

#include <set>

#include "connectors/carriers/request_check.h"
#include "connectors/carriers/viettelpost/errors.h"
#include "tests/contract/shipment_cases.h"

namespace connectors::carriers::viettelpost {
namespace {

using base::ErrorCode;
using catalog::ShipmentState;
using common::Json;
using common::json_object;
using contract::MappingCase;

Json created(const MappingCase& one) {
  const auto body = create_body(contract::shipment_of(one.request), {"VCN", "5818802"});
  return json_object({{"body", body}, {"booking", contract::dump_result(booking(one.response))}});
}

Json priced(const MappingCase& one) {
  const auto request = contract::shipment_of(one.request);
  const auto found = offers(one.response, request.service);
  return json_object(
      {{"body", price_body(request)},
       {"offers", found ? contract::dump_all(found.value()) : contract::dump(found.error())}});
}

Json listed(const MappingCase& one) {
  const auto level = common::text(one.request, "level");
  const auto found = places(one.response, level == "commune"    ? PlaceLevel::commune
                                          : level == "district" ? PlaceLevel::district
                                                                : PlaceLevel::province);
  return json_object({{"places", contract::dump_all(found)}});
}

Json result_of(const MappingCase& one) {
  const auto call = common::text(one.request, "call");
  if (call == "create") return created(one);
  if (call == "price") return priced(one);
  if (call == "places") return listed(one);
  if (call == "callback") {
    return json_object({{"event", contract::dump_result(event_of(one.response))}});
  }
  ADD_FAILURE() << one.name << ": unknown call " << call;
  return {};
}

TEST(ViettelPostMapping, EveryFixtureGivesWhatItExpects) {
  const auto cases = contract::mapping_cases("connectors/carriers/viettelpost/fixtures");
  EXPECT_FALSE(cases.empty());

  for (const auto& one : cases) {
    EXPECT_EQ(common::to_text(result_of(one)), common::to_text(one.expected)) << one.name;
  }
}

TEST(ViettelPostMapping, WhoPaysWhatIsOneOfFour) {
  const auto payment = [](FeePayer payer, std::int64_t cod) {
    ShipmentRequest request;
    request.fee_payer = payer;
    request.cod = cod;
    return common::integer(create_body(request, {}), "ORDER_PAYMENT");
  };

  EXPECT_EQ(payment(FeePayer::sender, 0), 1);
  EXPECT_EQ(payment(FeePayer::receiver, 100'000), 2);
  EXPECT_EQ(payment(FeePayer::sender, 100'000), 3);
  EXPECT_EQ(payment(FeePayer::receiver, 0), 4);
}

TEST(ViettelPostMapping, LongTextsAreCutToWhatTheCarrierTakes) {
  ShipmentRequest request;
  for (int i = 0; i < 40; ++i) request.receiver.address += "Ấp Đức ";

  const auto body = create_body(request, {});

  EXPECT_LE(common::text(body, "RECEIVER_ADDRESS").size(), kTextBytesMax);
  EXPECT_GT(common::text(body, "RECEIVER_ADDRESS").size(), kTextBytesMax - 4);
}

TEST(ViettelPostMapping, EveryDocumentedCodeHasAState) {
  std::set<ShipmentState> seen;
  for (const char* code :
       {"100", "101", "102", "103", "104", "105", "106", "107", "200", "201", "202",
        "300", "301", "302", "303", "400", "401", "402", "403", "500", "501", "502",
        "503", "504", "505", "506", "507", "508", "509", "510", "515", "550"}) {
    EXPECT_NE(state_of(code), ShipmentState::unknown) << code;
    seen.insert(state_of(code));
  }
  EXPECT_EQ(seen.size(), 8U);  // all but lost and unknown
  EXPECT_EQ(state_of("504"), ShipmentState::returned);
  EXPECT_EQ(state_of("501"), ShipmentState::delivered);
  EXPECT_EQ(state_of("999"), ShipmentState::unknown);
}

std::optional<base::Error> judged(int status, const std::string& body,
                                  Nature nature = Nature::write_once) {
  JsonAnswer answer;
  answer.status = status;
  auto parsed = common::parse_json(body);
  if (parsed) answer.body = std::move(parsed).value();
  return judge(answer, nature);
}

ErrorCode code_of(const std::string& message, int status = 400) {
  const auto error = judged(200, R"({"status":)" + std::to_string(status) +
                                     R"(,"error":true,"message":")" + message + R"("})");
  EXPECT_TRUE(error.has_value());
  return error ? error->code : ErrorCode::protocol;
}

TEST(ViettelPostErrors, AnErrorHidesInATwoHundred) {
  EXPECT_FALSE(judged(200, R"({"status":200,"error":false,"message":"OK","data":{}})"));
  EXPECT_EQ(code_of("Token invalid", 204), ErrorCode::unauthorized);
  EXPECT_EQ(code_of("…", 205), ErrorCode::unauthorized);
  EXPECT_EQ(code_of("Mã đơn hàng đã tồn tại"), ErrorCode::conflict);
  EXPECT_EQ(code_of("Đơn hàng không tồn tại"), ErrorCode::not_found);
  EXPECT_EQ(code_of("Order does not exist"), ErrorCode::not_found);
  EXPECT_EQ(code_of("Bưu cục trung tâm đóng cửa"), ErrorCode::rejected);
  EXPECT_EQ(code_of("System error", 500), ErrorCode::unknown_outcome);
}

TEST(ViettelPostErrors, AnAnswerThatCannotBeReadMayHaveHappened) {
  EXPECT_EQ(judged(200, "<html>")->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(judged(200, "<html>", Nature::read)->code, ErrorCode::protocol);
  EXPECT_EQ(judged(200, "{}")->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(judged(401, "")->code, ErrorCode::unauthorized);
  EXPECT_FALSE(judged(200, "[]", Nature::read));
}

TEST(ViettelPostErrors, ACancellationThatIsDoneAlreadyIsKnown) {
  EXPECT_TRUE(says_already_cancelled({ErrorCode::rejected, "Đơn đã hủy", {}, {}}));
  EXPECT_FALSE(says_already_cancelled({ErrorCode::rejected, "Không thể hủy", {}, {}}));
}

}  // namespace
}  // namespace connectors::carriers::viettelpost
