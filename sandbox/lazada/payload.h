#pragma once
// The one string parameter that carries a request tree, as XML or as JSON, read into one shape.
//
//   <Request><Product><Skus><Sku>…   and   {"Request":{"Product":{"Skus":{"Sku":[…]}}}}
//
// give the same tree: a JSON array is a repeated element. XML is read by libxml2 without network
// access; a document type is refused. Nothing throws. Threads: safe.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox::lazada {

inline constexpr std::size_t kPayloadBytesMax = 2U * 1024U * 1024U;
inline constexpr int kPayloadDepthMax = 32;

struct Node {
  std::string name;
  std::string text;
  std::vector<Node> children;

  const Node* child(std::string_view wanted) const;
  std::vector<const Node*> all(std::string_view wanted) const;
  bool has(std::string_view wanted) const { return child(wanted) != nullptr; }
  std::string value(std::string_view wanted) const;  // trimmed text of the child, "" when absent
};

// The `Request` element; nothing when the text is neither XML nor JSON or has another root.
std::optional<Node> read_payload(const std::string& payload);

}  // namespace sandbox::lazada
