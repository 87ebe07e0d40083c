// Signatures, options and marks: what needs no store.
#include "connectors/provincial/variants.h"

#include <gtest/gtest.h>

#include "connectors/provincial/oauth1.h"

namespace connectors::provincial {
namespace {

using common::Json;

Json parsed(const std::string& text) {
  auto json = common::parse_json(text);
  EXPECT_TRUE(json.ok()) << text;
  return json ? std::move(json).value() : Json{};
}

const KeyPair kKeys{"ck_1", "cs_2"};
const Moment kMoment{1'795'500'000, "n0nce"};

// Expected values were computed apart from this code, by RFC 5849.
TEST(ProvincialOAuth1, SignsAStoreInAFolderOfItsHost) {
  const SignedCall call{"GET", "http://San.Example.vn:80/cho",
                        "/wp-json/wc/v3/products?sku=G%C3%B3i%205%2B1%20kg&per_page=1"};

  EXPECT_EQ(
      oauth1_base_string(call, kKeys, kMoment),
      "GET&http%3A%2F%2Fsan.example.vn%2Fcho%2Fwp-json%2Fwc%2Fv3%2Fproducts&"
      "oauth_consumer_key%3Dck_1%26oauth_nonce%3Dn0nce%26oauth_signature_method%3DHMAC-SHA256"
      "%26oauth_timestamp%3D1795500000%26per_page%3D1%26sku%3DG%25C3%25B3i%25205%252B1%2520kg");
  const auto sent = oauth1_signed(call, kKeys, kMoment);
  EXPECT_TRUE(sent.starts_with(call.path_and_query + "&oauth_consumer_key=ck_1&")) << sent;
  EXPECT_TRUE(sent.ends_with("&oauth_signature=WLzTpsTeRxK0cFTy3D8%2FW2BVOsP8XTbDUSi5jNwFP2Q%3D"))
      << sent;
}

TEST(ProvincialOAuth1, SignsARouteInTheQueryWithThePathThatIsCalled) {
  const SignedCall call{"POST", "http://san.example.vn/cho",
                        "/index.php?rest_route=%2Fwc%2Fv3%2Fproducts%2Fbatch"};

  const auto sent = oauth1_signed(call, kKeys, kMoment);

  EXPECT_TRUE(sent.ends_with("&oauth_signature=Z3Mflu2GseA5d2NYi73Fik%2FgneBjRmDZAf2N6XYD514%3D"))
      << sent;
  EXPECT_EQ(sent.find("cs_2"), std::string::npos);
}

ListingContent pack(const std::string& name) {
  ListingContent content;
  content.sku = catalog::Sku{"TL-1"};
  content.pack_name.vi = name;
  return content;
}

TEST(ProvincialVariants, OptionsHoldNothingThatTheStoreCutsAt) {
  EXPECT_EQ(option_of(pack("Hộp 5 kg")), "Hộp 5 kg");
  EXPECT_EQ(option_of(pack(" Hộp  5 kg | 10 quả\n")), "Hộp 5 kg / 10 quả");
  EXPECT_EQ(option_of(pack("<b>Giảm 50%41</b>")), "b Giảm 50% 41 /b");
  EXPECT_EQ(option_of(pack(" ")), "TL-1");
}

TEST(ProvincialVariants, NoTwoOptionsAreAlike) {
  const std::vector<std::string> taken{"Gói 1 kg"};

  EXPECT_EQ(unique_option("Hộp", "A", taken), "Hộp");
  EXPECT_EQ(unique_option("GÓI 1 kg", "A", taken), "GÓI 1 kg (A)");
}

TEST(ProvincialVariants, AMarkIsReadAsItWasWritten) {
  for (const auto& mark :
       {Mark{true, 40, "65000", "60000", "TL;1"}, Mark{false, {}, "", "", "A"}}) {
    const auto product = common::json_object(
        {{"meta_data", common::json_array({meta_entry(kTurningKey, to_text(mark))})}});

    const auto read = mark_of(product);

    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(to_text(*read), to_text(mark));
    EXPECT_EQ(read->stock, mark.stock);
    EXPECT_EQ(read->sku, mark.sku);
  }
  EXPECT_FALSE(mark_of(parsed(R"({"meta_data":[{"key":"_nongsan_turning","value":""}]})")));
  EXPECT_FALSE(mark_of(parsed(R"({"meta_data":[{"key":"_nongsan_turning","value":"x;1"}]})")));
}

TEST(ProvincialVariants, AVariationIsShownByItsProductAndItsOption) {
  const auto product = parsed(R"({"id":12,"name":"Thanh long","status":"publish","sku":"",
                                  "type":"variable"})");
  const auto variation = parsed(
      R"({"id":15,"sku":"A","status":"publish","regular_price":"65000","manage_stock":true,
          "stock_quantity":7,"attributes":[{"id":0,"name":"Quy cách","option":"Hộp 5 kg"}]})");

  const auto listing = variation_listing(product, variation);

  EXPECT_EQ(listing.binding, (catalog::Binding{"12", "15"}));
  EXPECT_EQ(listing.title, "Thanh long - Hộp 5 kg");
  EXPECT_EQ(listing.stock, 7);
  EXPECT_TRUE(listing.visible);
  const auto hidden = parsed(R"({"id":12,"name":"Thanh long","status":"draft","sku":""})");
  EXPECT_FALSE(variation_listing(hidden, variation).visible);
  const auto nameless = parsed(R"({"id":12,"status":"publish","sku":"A"})");
  EXPECT_TRUE(variation_listing(nameless, variation).sku.empty()) << "the SKU is the product's";
}

TEST(ProvincialVariants, PacksAreAddedToTheOneAttributeThatTellsThemApart) {
  EXPECT_TRUE(pack_attribute(parsed(R"({"attributes":[{"name":"OCOP"}]})"))->is_null());
  const auto one = parsed(R"({"attributes":[{"name":"Khối lượng","variation":true,
                              "options":["1 kg"]},{"name":"OCOP","options":["4 sao"]}]})");
  ASSERT_TRUE(pack_attribute(one).has_value());
  EXPECT_EQ(common::text(*pack_attribute(one), "name"), "Khối lượng");
  EXPECT_EQ(pack_options(one, *pack_attribute(one)), std::vector<std::string>{"1 kg"});
  EXPECT_FALSE(pack_attribute(parsed(R"({"attributes":[{"name":"A","variation":true},
                                         {"name":"B","variation":true}]})")));
}

}  // namespace
}  // namespace connectors::provincial
