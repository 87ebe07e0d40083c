#include "connectors/carriers/request_check.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "connectors/carriers/request_text.h"

namespace connectors::carriers {
namespace {

ShipmentRequest whole() {
  ShipmentRequest request;
  request.reference = "LA-1";
  request.sender = {"S", "0000000001", "A", {PlaceScheme::two_level, "80", "", "28243"}};
  request.receiver = {"R", "0000000002", "B", {PlaceScheme::three_level, "51", "533", "21433"}};
  request.contents.description = "Gạo";
  request.contents.weight_g = 5'000;
  return request;
}

std::string complaint(const ShipmentRequest& request, Purpose purpose = Purpose::create) {
  const auto problem = problem_with(request, purpose);
  return problem ? problem->message : "";
}

TEST(RequestCheck, NamesWhatIsMissingAndNotWhatIsThere) {
  EXPECT_EQ(complaint(whole()), "");
  const auto spoiled = [](auto spoil) {
    auto request = whole();
    spoil(request);
    return complaint(request);
  };
  const auto says = [](const std::string& complaint_text, const std::string& member) {
    return complaint_text.find(": " + member + " is") != std::string::npos;
  };
  EXPECT_TRUE(says(spoiled([](auto& r) { r.sender.name = ""; }), "sender name"));
  EXPECT_TRUE(says(spoiled([](auto& r) { r.receiver.phone = ""; }), "receiver phone"));
  EXPECT_TRUE(says(spoiled([](auto& r) { r.receiver.place.district = ""; }), "receiver place"));
  EXPECT_TRUE(says(spoiled([](auto& r) { r.sender.place.district = "1"; }), "sender place"));
  EXPECT_TRUE(says(spoiled([](auto& r) { r.contents.weight_g = 0; }), "weight"));
  EXPECT_TRUE(says(spoiled([](auto& r) { r.cod = -1; }), "cod"));
  EXPECT_TRUE(says(spoiled([](auto& r) { r.reference = ""; }), "reference"));
}

TEST(RequestCheck, AQuoteNeedsNoPeople) {
  auto request = whole();
  request.reference.clear();
  request.sender.name.clear();
  request.receiver.address.clear();

  EXPECT_EQ(complaint(request, Purpose::quote), "");
}

TEST(RequestCheck, ARefusalLosesPeopleAndKeepsTheRest) {
  auto request = whole();
  request.receiver.name = "Người nhận";
  request.receiver.address = "Số 7";
  const auto scrubbed = [&](const std::string& message) {
    return without_people({base::ErrorCode::rejected, message, {}, "400"}, request).message;
  };

  EXPECT_EQ(scrubbed("Số 0000000002 của Người nhận, Số 7, sai: mã 400"),
            "Số … của …, …, sai: mã 400");
  EXPECT_EQ(scrubbed("84000000002"), "…");
  EXPECT_EQ(scrubbed("123 12345678 5"), "123 12345678 5");
  EXPECT_EQ(scrubbed(""), "");
  request.receiver.name = "…";
  EXPECT_EQ(scrubbed("……"), "……");
}

TEST(RequestCheck, CutsBetweenCodePoints) {
  const std::string text = "Xã Đức Phong";
  for (std::size_t bytes = 0; bytes <= text.size(); ++bytes) {
    const auto part = cut(text, bytes);
    EXPECT_LE(part.size(), bytes);
    EXPECT_TRUE(base::is_utf8(part)) << bytes;
    EXPECT_TRUE(text.starts_with(part));
  }
  EXPECT_EQ(cut(text, 100), text);
}

TEST(RequestCheck, ReadsEveryWayTheCarriersWriteTime) {
  const auto at = local_time("24/11/2026 08:02:03");
  ASSERT_TRUE(at.has_value());
  EXPECT_EQ(base::to_unix_s(*at), 1'795'482'123);
  EXPECT_EQ(local_time("24-11-2026 08:02:03"), at);
  EXPECT_EQ(local_time("2026-11-24T08:02:03"), at);
  EXPECT_EQ(local_time("2026-11-24 08:02:03.000"), at);
  EXPECT_EQ(local_time("2026-11-24T01:02:03Z"), at);
  EXPECT_FALSE(local_time("31/02/2026 08:02:03").has_value());
  EXPECT_FALSE(local_time("").has_value());
}

TEST(RequestText, WhatIsKeptIsWhatWasAsked) {
  auto request = whole();
  request.contents = {"Gạo \"ST25\"\n5 kg", 3, 5'200, 30, 20, 10};
  request.value = 215'000;
  request.cod = 240'000;
  request.fee_payer = FeePayer::receiver;
  request.service = "LCOD";
  request.note = "gọi trước";

  const auto back = request_from(to_text(request));

  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(to_text(back.value()), to_text(request));
  EXPECT_EQ(back.value().contents.description, request.contents.description);
  EXPECT_EQ(back.value().sender.place.scheme, PlaceScheme::two_level);
  EXPECT_EQ(back.value().receiver.place.scheme, PlaceScheme::three_level);
  EXPECT_EQ(back.value().receiver.place.district, "533");
  EXPECT_EQ(back.value().cod, 240'000);
  EXPECT_EQ(back.value().fee_payer, FeePayer::receiver);
  EXPECT_FALSE(request_from("no such text").ok());
}

}  // namespace
}  // namespace connectors::carriers
