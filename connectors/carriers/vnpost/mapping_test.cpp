#include "connectors/carriers/vnpost/mapping.h"

#include <gtest/gtest.h>

#include "connectors/carriers/vnpost/errors.h"
#include "tests/contract/shipment_cases.h"

namespace connectors::carriers::vnpost {
namespace {

using base::ErrorCode;
using catalog::ShipmentState;
using common::Json;
using common::json_object;
using contract::MappingCase;

const Contract kContract{"C000000001", "", "CTN009"};

Json priced(const MappingCase& one) {
  const auto found = offers(one.response);
  return json_object(
      {{"body", charge_body(contract::shipment_of(one.request), kContract)},
       {"offers", found ? contract::dump_all(found.value()) : contract::dump(found.error())}});
}

Json read_callback(const MappingCase& one) {
  const auto found = read_message(one.response, Scale::to_29);
  if (!found) return json_object({{"error", contract::dump(found.error())}});
  std::vector<Json> asked;
  for (const auto& code : found.value().ask_about) asked.push_back(common::json_string(code));
  return json_object({{"signed", common::json_string(signed_text(one.response))},
                      {"events", contract::dump_all(found.value().events)},
                      {"ask_about", common::json_array(std::move(asked))}});
}

Json result_of(const MappingCase& one) {
  const auto call = common::text(one.request, "call");
  if (call == "create") {
    return json_object({{"body", create_body(contract::shipment_of(one.request), kContract)},
                        {"booking", contract::dump_result(booking(one.response))}});
  }
  if (call == "charge") return priced(one);
  if (call == "callback") return read_callback(one);
  if (call == "find") {
    const auto found =
        booked_under(common::text(one.request, "reference"), parcels(one.response), Scale::to_29);
    return json_object({{"booking", found ? contract::dump(*found) : Json::null()}});
  }
  if (call == "history") {
    const auto code = common::text(one.request, "code");
    return json_object({{"events", contract::dump_all(history(one.response, code, Scale::to_29))}});
  }
  if (call == "communes") {
    return json_object({{"places", contract::dump_all(places(one.response, PlaceScheme::two_level,
                                                             PlaceLevel::commune, "80"))}});
  }
  ADD_FAILURE() << one.name << ": unknown call " << call;
  return {};
}

TEST(VnpostMapping, EveryFixtureGivesWhatItExpects) {
  const auto cases = contract::mapping_cases("connectors/carriers/vnpost/fixtures");
  EXPECT_FALSE(cases.empty());

  for (const auto& one : cases) {
    EXPECT_EQ(common::to_text(result_of(one)), common::to_text(one.expected)) << one.name;
  }
}

TEST(VnpostMapping, TheTwoScalesAreNotMixed) {
  EXPECT_EQ(state_of("14", Scale::to_29), ShipmentState::delivered);
  EXPECT_EQ(state_of("14", Scale::to_100), ShipmentState::unknown);
  EXPECT_EQ(state_of("90", Scale::to_100), ShipmentState::delivered);
  EXPECT_EQ(state_of("90", Scale::to_29), ShipmentState::unknown);
  EXPECT_EQ(state_of("100", Scale::to_100), ShipmentState::returned);
  EXPECT_EQ(state_of("21", Scale::to_29), ShipmentState::delivered);
  EXPECT_EQ(state_of("20", Scale::to_29), ShipmentState::unknown);  // returned in part: a person
  EXPECT_EQ(state_of("28", Scale::to_29), ShipmentState::unknown);
}

TEST(VnpostMapping, ALabelIsWhatTheBase64Holds) {
  const auto label = label_of(common::parse_json(R"(["JVBERi0xLjQK"])").value());

  ASSERT_TRUE(label.ok());
  EXPECT_EQ(label.value().bytes, "%PDF-1.4\n");
  EXPECT_FALSE(label_of(common::parse_json("[]").value()).ok());
  EXPECT_FALSE(label_of(common::parse_json(R"(["?"])").value()).ok());
}

std::optional<base::Error> judged(int status, const std::string& body,
                                  Nature nature = Nature::write_once) {
  JsonAnswer answer;
  answer.status = status;
  if (status >= 400) answer.by_status = base::Error{ErrorCode::rejected, "HTTP", {}, {}};
  auto parsed = common::parse_json(body);
  if (parsed) answer.body = std::move(parsed).value();
  return judge(answer, nature);
}

TEST(VnpostErrors, RefusalsComeInSeveralShapes) {
  EXPECT_FALSE(judged(200, "[]"));
  EXPECT_FALSE(judged(200, R"({"itemCode":"CP1"})"));
  EXPECT_EQ(judged(401, "")->code, ErrorCode::unauthorized);
  EXPECT_EQ(judged(403, R"({"message":"x"})")->code, ErrorCode::unauthorized);
  EXPECT_EQ(judged(400, R"({"message":"weight is wrong"})")->message, "VNPost: weight is wrong");
  EXPECT_EQ(judged(400, R"({"Message":"Đơn hàng không tồn tại"})")->code, ErrorCode::not_found);
  EXPECT_EQ(judged(200, R"({"success":false,"errorMessage":"Sai mật khẩu"})")->code,
            ErrorCode::unauthorized);
  EXPECT_EQ(judged(200, R"({"success":false})")->code, ErrorCode::rejected);
  EXPECT_EQ(judged(200, "<html>")->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(judged(200, "<html>", Nature::read)->code, ErrorCode::protocol);
}

TEST(VnpostErrors, ACancellationIsDoneOrWaitsOrIsRefused) {
  const auto of = [](const std::string& body) {
    return cancellation(common::parse_json(body).value());
  };

  EXPECT_EQ(of(R"({"Type":"00"})").value(), Cancellation::done);
  EXPECT_EQ(of(R"({"type":"02"})").value(), Cancellation::awaits_approval);
  EXPECT_EQ(of(R"({"Type":"01","Message":"late"})").error().code, ErrorCode::rejected);
  EXPECT_EQ(of("{}").error().code, ErrorCode::protocol);
}

}  // namespace
}  // namespace connectors::carriers::vnpost
