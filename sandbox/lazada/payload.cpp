#include "sandbox/lazada/payload.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>

#include "base/text.h"
#include "sandbox/wire/json.h"

namespace sandbox::lazada {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

std::string to_text(const xmlChar* text) {
  return text == nullptr ? std::string{} : std::string(reinterpret_cast<const char*>(text));
}

std::optional<Node> from_element(const xmlNode* element, int depth) {
  if (depth > kPayloadDepthMax) return std::nullopt;
  Node node;
  node.name = to_text(element->name);
  for (const auto* child = element->children; child != nullptr; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      node.text += to_text(child->content);
    } else if (child->type == XML_ELEMENT_NODE) {
      auto inner = from_element(child, depth + 1);
      if (!inner) return std::nullopt;
      node.children.push_back(std::move(*inner));
    } else if (child->type == XML_ENTITY_REF_NODE) {
      return std::nullopt;
    }
  }
  return node;
}

std::optional<Node> from_xml(const std::string& payload) {
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(xmlNewParserCtxt(),
                                                                            &xmlFreeParserCtxt);
  if (!parser) return std::nullopt;
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  const std::unique_ptr<xmlDoc, FreeDocument> document(xmlCtxtReadMemory(
      parser.get(), payload.data(), static_cast<int>(payload.size()), nullptr, "UTF-8", kOptions));
  if (!document || document->intSubset != nullptr || document->extSubset != nullptr) {
    return std::nullopt;
  }
  const auto* root = xmlDocGetRootElement(document.get());
  return root == nullptr ? std::nullopt : from_element(root, 0);
}

std::optional<Node> from_json(const std::string& name, const wire::Json& value, int depth) {
  if (depth > kPayloadDepthMax) return std::nullopt;
  Node node;
  node.name = name;
  if (!value.is_object()) {
    node.text = wire::as_text(value);
    return node;
  }
  for (const auto& [key, member] : value.as_object()) {
    const auto elements =
        member.is_array() ? wire::as_list(member) : std::vector<wire::Json>{member};
    for (const auto& element : elements) {
      auto inner = from_json(key, element, depth + 1);
      if (!inner) return std::nullopt;
      node.children.push_back(std::move(*inner));
    }
  }
  return node;
}

}  // namespace

const Node* Node::child(std::string_view wanted) const {
  for (const auto& one : children) {
    if (one.name == wanted) return &one;
  }
  return nullptr;
}

std::vector<const Node*> Node::all(std::string_view wanted) const {
  std::vector<const Node*> out;
  for (const auto& one : children) {
    if (one.name == wanted) out.push_back(&one);
  }
  return out;
}

std::string Node::value(std::string_view wanted) const {
  const auto* found = child(wanted);
  return found == nullptr ? std::string{} : std::string(base::trim(found->text));
}

std::optional<Node> read_payload(const std::string& payload) {
  const auto first = payload.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || payload.size() > kPayloadBytesMax) return std::nullopt;
  std::optional<Node> root;
  if (payload[first] == '<') {
    root = from_xml(payload.substr(first));
  } else if (payload[first] == '{') {
    const auto json = wire::parse(payload);
    if (!json || !wire::member(*json, "Request").is_object()) return std::nullopt;
    root = from_json("Request", wire::member(*json, "Request"), 0);
  }
  if (!root || root->name != "Request") return std::nullopt;
  return root;
}

}  // namespace sandbox::lazada
