// The worked examples of the vendors' documents and of our reference, against the verifiers.
#include <gtest/gtest.h>

#include "sandbox/lazada/gateway.h"
#include "sandbox/shopee/gateway.h"
#include "sandbox/wire/multipart.h"
#include "sandbox/wire/sign.h"

namespace {

using sandbox::lazada::EmptyValues;
using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string shopee(const std::string& path, const std::string& token = "",
                   const std::string& shop = "") {
  return sandbox::shopee::sign_of("test-partner-key-7f3a9c21d5b84e06", "1000001", path,
                                  "1760000000", token, shop);
}

std::string lazada(const std::string& path, Pairs more, EmptyValues values = EmptyValues::kept,
                   bool with_token = true) {
  more.insert(more.end(), {{"app_key", "100777"},
                           {"sign", "never part of itself"},
                           {"sign_method", "sha256"},
                           {"timestamp", "1700000000000"}});
  if (with_token) more.emplace_back("access_token", "50000demoAccessTokenVN01");
  return sandbox::lazada::sign_of("k7Qm2vXz9LtR4sWy", path, more, values);
}

TEST(ShopeeSign, MatchesEveryWorkedExample) {
  const std::string token = "746f6b656e2d30303031";

  EXPECT_EQ(shopee("/api/v2/auth/token/get"),
            "18004b5aacb9c9e3d70d221b12d018609039907516d4b7e8fe9d5f528d0f694e");
  EXPECT_EQ(shopee("/api/v2/shop/auth_partner"),
            "8a63d69c791e78fc357cd229ba1c3e9d539c813db2eb282aaaaf1609e8da129a");
  EXPECT_EQ(shopee("/api/v2/order/get_order_list", token, "600001"),
            "7f62399166b33d45200e3f1d8a63d42286614509d2515592b9bb601649ddde43");
  EXPECT_EQ(shopee("/api/v2/product/update_stock", token, "600001"),
            "fd1101d2c8e46d29888ad1e35bd610b6b68195f546af3e8eb4506a5a7d31c453");
  EXPECT_EQ(shopee("/api/v2/merchant/get_merchant_info", "746f6b656e2d30303032", "700001"),
            "b8fd085341e189c6e9902fb2c852548462b691681a941fe7039d4fcf49dc1b04");
  EXPECT_EQ(shopee("/api/v2/media_space/upload_image"),
            "f3ea08831f9b67775e6594a054adc41f49ce0ef2b4cc90b4975b620e228a3d4c");
}

TEST(ShopeeSign, TakesAHexLookingKeyAsText) {
  const auto sign =
      sandbox::shopee::sign_of("aabbccdd00112233445566778899aabbccddeeff00112233445566778899aabb",
                               "1000001", "/api/v2/auth/token/get", "1760000000", "", "");

  EXPECT_EQ(sign, "c0274be7b4031ff2faf5641a5499d6119223947652f061127e8e58eafa6d3a10");
}

TEST(ShopeeSign, OfAPushCoversUrlAndRawBody) {
  const std::string body =
      R"({"data":{"items":[],"ordersn":"251009A1B2C3D4","status":"READY_TO_SHIP",)"
      R"("completed_scenario":"","update_time":1760000000},"shop_id":600001,"code":3,)"
      R"("timestamp":1760000001})";

  EXPECT_EQ(sandbox::wire::hmac_hex_lower("push-key-5d1e8b40c2974f6a",
                                          "https://hub.example.vn/hooks/shopee|" + body),
            "d516e99325ecc71459032d041949730f814282b9e6981d0aa4a4e8bca9eea080");
}

TEST(LazadaSign, MatchesTheAnchorOfTheDocuments) {
  EXPECT_EQ(sandbox::lazada::sign_of("helloworld", "/order/get",
                                     {{"order_id", "1234"},
                                      {"app_key", "123456"},
                                      {"access_token", "test"},
                                      {"sign_method", "sha256"},
                                      {"timestamp", "1517820392000"}},
                                     EmptyValues::kept),
            "4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A");
}

TEST(LazadaSign, MatchesEveryWorkedExample) {
  EXPECT_EQ(lazada("/orders/get", {{"created_after", "2023-11-01T00:00:00+07:00"},
                                   {"limit", "50"},
                                   {"offset", "0"},
                                   {"sort_by", "updated_at"},
                                   {"sort_direction", "ASC"},
                                   {"status", "pending"}}),
            "CBE575A67CC436DFFBB4F07F40ACA5DF29DC76A2C3EA0B91EE9C379EC871383E");
  EXPECT_EQ(lazada("/product/price_quantity/update",
                   {{"payload",
                     "<Request><Product><Skus><Sku><ItemId>2400123456</ItemId>"
                     "<SkuId>11400654321</SkuId><SellerSku>GAO-ST25-5KG</SellerSku>"
                     "<Price>185000</Price><Quantity>40</Quantity></Sku></Skus></Product>"
                     "</Request>"}}),
            "7C4FF35CCAD0ECAEACFA9FB761A0D1413FC37D810FD0E94649B4183B95AE5EA3");
  EXPECT_EQ(lazada("/auth/token/create",
                   {{"code", "0_100777_demoCode"}, {"partner_id", "coop-connector-cpp-1"}},
                   EmptyValues::kept, false),
            "9347F0811555C1EB5D7769E62A92589B89F35750058C8D91DFD14243CE71E0F0");
  EXPECT_EQ(lazada("/product/category/suggestion/get", {{"product_name", "Gạo thơm ST25 túi 5kg"}}),
            "F6EBEB334619C303204ADCD618305CAC2367E9E28F87980C0EECB25BF29BE5C5");
  EXPECT_EQ(lazada("/image/upload", {}),
            "06AB6088868E23CC4E02F2D95FE226BB384DBE417583E6C946A55657E14F2903");
  EXPECT_EQ(lazada("/orders/items/get", {{"order_ids", "[491253082180001, 491253082180002]"}}),
            "5DA4925BCD76E064DBBD10772C49679962BB8A25B8F1E35AD257521F34ED528B");
}

TEST(LazadaSign, KnowsBothHabitsWithEmptyValues) {
  const Pairs more = {{"code", "0_100777_demoCode"}, {"access_token", ""}};

  EXPECT_EQ(lazada("/auth/token/create", more, EmptyValues::kept, false),
            "BAEB94A1F7F827A5E7FA88C776F46BF22B7E9FB404687175651360DDEE02FBFF");
  EXPECT_EQ(lazada("/auth/token/create", more, EmptyValues::dropped, false),
            "40A9A332D65250154D9437ADA07158AEF727758ACC4C453B4F003E5D3D4A3D97");
}

TEST(LazadaSign, OfAPushIsLowerCaseOverKeyAndBody) {
  const std::string body =
      R"({"seller_id":"200166","message_type":0,"data":{"order_status":"pending",)"
      R"("trade_order_id":"491253082180001","trade_order_line_id":"491253082280001",)"
      R"("status_update_time":1700000000},"timestamp":1700000001234,"site":"lazada_vn"})";

  EXPECT_EQ(sandbox::wire::hmac_hex_lower("k7Qm2vXz9LtR4sWy", "100777" + body),
            "e2f99607ecf3713077d369c2c1c7b38f1a03a52620482c7982460da7d21ee3d0");
}

TEST(Multipart, SurvivesTheHabitsOfOfficialClients) {
  const std::string java =
      "\r\n--123\r\nContent-Disposition:form-data;name=\"payload\"\r\n"
      "Content-Type:text/plain\r\n\r\n<Request/>\r\n"
      "--123\r\nContent-Disposition:form-data;name=\"image\";filename=\"a.jpg\"\r\n"
      "Content-Type:image/jpeg\r\n\r\nJPEG\r\n--123--\r\n";
  const std::string php =
      "---------------7e1\r\nContent-Disposition: form-data; name=\"image\"; "
      "filename=\"image\" \r\n\r\nJPEG\r\n---------------7e1--";

  const auto from_java =
      sandbox::wire::parse_multipart("multipart/form-data;charset=UTF-8;boundary=123", java);
  const auto from_php =
      sandbox::wire::parse_multipart("multipart/form-data; boundary=-------------7e1", php);

  ASSERT_TRUE(from_java && from_java->size() == 2);
  EXPECT_EQ(from_java->at(0).body, "<Request/>");
  EXPECT_FALSE(from_java->at(0).is_file());
  EXPECT_EQ(from_java->at(1).filename, "a.jpg");
  ASSERT_TRUE(from_php && from_php->size() == 1);
  EXPECT_EQ(from_php->at(0).filename, "image");
  EXPECT_EQ(from_php->at(0).body, "JPEG");
}

}  // namespace
