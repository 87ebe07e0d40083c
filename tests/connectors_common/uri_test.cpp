#include "connectors/common/uri.h"

#include <gtest/gtest.h>

namespace connectors::common {
namespace {

TEST(PercentEncode, KeepsUnreservedCharactersOnly) {
  EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encode("a b+c/d?e=f&g"), "a%20b%2Bc%2Fd%3Fe%3Df%26g");
  EXPECT_EQ(percent_encode("rau má"), "rau%20m%C3%A1");
  EXPECT_EQ(percent_encode(std::string_view{"\0\xff", 2}), "%00%FF");
}

TEST(PercentEncodePath, KeepsSlashes) {
  EXPECT_EQ(percent_encode_path("/a b/c"), "/a%20b/c");
}

TEST(Query, JoinsPairsInTheOrderAdded) {
  Query query;
  EXPECT_EQ(query.append_to("/x"), "/x");

  query.add("b", "x y").add("a", 12).add("c", "");

  EXPECT_EQ(query.to_query(), "b=x%20y&a=12&c=");
  EXPECT_EQ(query.append_to("/x"), "/x?b=x%20y&a=12&c=");
  EXPECT_EQ(query.to_form(), "b=x+y&a=12&c=");
}

TEST(Query, FormEncodesWhatFormsDo) {
  EXPECT_EQ(Query{}.add("k~", "*~+ é").to_form(), "k%7E=*%7E%2B+%C3%A9");
}

TEST(Multipart, WritesFieldsAndFilesByteForByte) {
  Multipart form{"b0"};
  form.add_field("scene", "normal");
  form.add_file("image", "rau má.jpg", "image/jpeg", std::string_view{"\x00\r\n\xff", 4});

  EXPECT_EQ(form.content_type(), "multipart/form-data; boundary=b0");
  const std::string expected =
      std::string{
          "--b0\r\nContent-Disposition: form-data; name=\"scene\"\r\n\r\nnormal\r\n"
          "--b0\r\nContent-Disposition: form-data; name=\"image\"; "
          "filename=\"rau má.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"} +
      std::string{"\x00\r\n\xff", 4} + "\r\n--b0--\r\n";
  EXPECT_EQ(form.body(), expected);
}

TEST(Multipart, NamesCannotEndTheirHeader) {
  Multipart form{"b0"};
  form.add_file("a\"b", "x\r\nX-Evil: 1\".jpg", "image/png\r\nX-Evil: 2", "y");

  const std::string body = form.body();
  EXPECT_EQ(body.find("\r\nX-Evil"), std::string::npos) << body;
  EXPECT_NE(body.find("name=\"a%22b\"; filename=\"x%0D%0AX-Evil: 1%22.jpg\""), std::string::npos)
      << body;
}

}  // namespace
}  // namespace connectors::common
