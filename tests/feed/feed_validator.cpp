#include "tests/feed/feed_validator.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <functional>
#include <memory>
#include <regex>
#include <set>

#include "base/text.h"

namespace feed_test {
namespace {

struct Rule {
  bool needed;
  std::size_t code_points_max;  // 0: no limit
  const char* pattern;          // ECMAScript, whole value; null: any
};

// Names are as written in the file; anything else in an item is a breach.
const std::map<std::string, Rule>& rules() {
  static const std::map<std::string, Rule> table = {
      {"g:id", {true, 50, R"([\x21-\x7e]+)"}},
      {"title", {true, 150, nullptr}},
      {"description", {true, 5'000, nullptr}},
      {"link", {true, 2'000, R"(https?://[A-Za-z0-9.:-]+/[\x21-\x7e]*)"}},
      {"g:image_link", {true, 2'000, R"(https?://[\x21-\x7e]+)"}},
      {"g:additional_image_link", {false, 2'000, R"(https?://[\x21-\x7e]+)"}},
      {"g:availability", {true, 0, "in_stock|out_of_stock|preorder|backorder"}},
      {"g:price", {true, 0, R"([1-9][0-9]* VND)"}},
      {"g:condition", {false, 0, "new|refurbished|used"}},
      {"g:brand", {false, 70, nullptr}},
      {"g:gtin", {false, 0, R"([0-9]{8}|[0-9]{12,14})"}},
      {"g:identifier_exists", {false, 0, "yes|no"}},
      {"g:product_type", {false, 750, nullptr}},
      {"g:unit_pricing_measure", {false, 0, R"([0-9]+(\.[0-9]+)? (g|kg|ml|l|ct))"}},
      {"g:unit_pricing_base_measure", {false, 0, R"((1|10|100|2|4|8) (g|kg|ml|l|ct))"}},
      {"g:shipping_weight", {false, 0, R"([0-9]+(\.[0-9]+)? (g|kg))"}},
      {"g:expiration_date", {false, 0, R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)"}},
      {"g:custom_label_0", {false, 100, nullptr}},
      {"g:custom_label_1", {false, 100, nullptr}},
      {"g:custom_label_2", {false, 100, nullptr}},
      {"g:custom_label_3", {false, 100, nullptr}},
      {"g:custom_label_4", {false, 100, nullptr}},
  };
  return table;
}

std::string text_of(const xmlNode* node) {
  std::string out;
  for (const auto* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      out += reinterpret_cast<const char*>(child->content);
    }
  }
  return out;
}

std::string name_of(const xmlNode* node) {
  const std::string local = reinterpret_cast<const char*>(node->name);
  if (node->ns == nullptr) return local;
  const std::string space = reinterpret_cast<const char*>(node->ns->href);
  return space == "http://base.google.com/ns/1.0" ? "g:" + local : "?:" + local;
}

bool check_digit_holds(const std::string& gtin) {
  int sum = 0;
  for (std::size_t i = 0; i + 1 < gtin.size(); ++i) {
    const bool heavy = (gtin.size() - 1 - i) % 2 == 1;
    sum += (gtin[i] - '0') * (heavy ? 3 : 1);
  }
  return (10 - sum % 10) % 10 == gtin.back() - '0';
}

class Check {
 public:
  Checked run(const std::string& bytes) {
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        &xmlFreeDoc);
    if (!document) return fail("is no XML");
    const auto* root = xmlDocGetRootElement(document.get());
    if (document->intSubset != nullptr) return fail("has a DOCTYPE");
    if (name_of(root) != "rss") return fail("is no RSS");
    auto* version = xmlGetProp(root, reinterpret_cast<const xmlChar*>("version"));
    if (version == nullptr || std::string(reinterpret_cast<char*>(version)) != "2.0") {
      out_.breaches.emplace_back("is not version 2.0");
    }
    xmlFree(version);
    const auto* channel = xmlFirstElementChild(const_cast<xmlNode*>(root));
    if (channel == nullptr || name_of(channel) != "channel" ||
        xmlNextElementSibling(const_cast<xmlNode*>(channel)) != nullptr) {
      return fail("has not one channel");
    }
    std::set<std::string> heading;
    for (const auto* node = channel->children; node != nullptr; node = node->next) {
      if (node->type != XML_ELEMENT_NODE) continue;
      if (name_of(node) == "item") {
        item(node);
      } else if (!heading.insert(name_of(node)).second) {
        out_.breaches.push_back("channel: " + name_of(node) + " twice");
      }
    }
    if (heading != std::set<std::string>{"title", "link", "description"}) {
      out_.breaches.emplace_back("channel: title, link and description are needed");
    }
    return std::move(out_);
  }

 private:
  Checked fail(const std::string& what) {
    out_.breaches.push_back(what);
    return std::move(out_);
  }

  void item(const xmlNode* node) {
    CheckedItem found;
    std::multiset<std::string> names;
    for (const auto* field = node->children; field != nullptr; field = field->next) {
      if (field->type != XML_ELEMENT_NODE) continue;
      found.fields[name_of(field)] = text_of(field);
      names.insert(name_of(field));
    }
    const auto id = found.fields["g:id"];
    const auto say = [&](const std::string& what) { out_.breaches.push_back(id + ": " + what); };
    for (const auto& name : names) {
      const bool many = name == "g:additional_image_link";
      if (names.count(name) > (many ? 10U : 1U)) say(name + " too often");
      const auto rule = rules().find(name);
      if (rule == rules().end()) {
        say(name + " is no field of a feed");
        continue;
      }
      value(name, found.fields[name], rule->second, say);
    }
    for (const auto& [name, rule] : rules()) {
      if (rule.needed && !names.contains(name)) say(name + " is missing");
    }
    together(found, say);
    if (!ids_.insert(id).second) say("is there twice");
    out_.items.push_back(std::move(found));
  }

  static void value(const std::string& name, const std::string& text, const Rule& rule,
                    const std::function<void(const std::string&)>& say) {
    if (text.empty()) say(name + " is empty");
    if (rule.code_points_max > 0 && base::code_points(text) > rule.code_points_max) {
      say(name + " is too long");
    }
    if (base::normalise(text) != text) say(name + " is not NFC");
    if (std::regex_search(text, std::regex("<[a-zA-Z/][^>]*>"))) say(name + " holds markup");
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < 0x20) say(name + " holds a control character");
    }
    if (rule.pattern != nullptr && !std::regex_match(text, std::regex(rule.pattern))) {
      say(name + " is \"" + text + "\"");
    }
  }

  static void together(CheckedItem& item, const std::function<void(const std::string&)>& say) {
    auto& fields = item.fields;
    const auto has = [&](const char* name) { return fields.contains(name); };
    if (has("g:gtin") && !check_digit_holds(fields["g:gtin"])) say("g:gtin has a wrong digit");
    if (has("g:gtin") == has("g:identifier_exists")) {
      say("either g:gtin or g:identifier_exists is needed");
    }
    if (has("g:unit_pricing_measure") != has("g:unit_pricing_base_measure")) {
      say("unit pricing needs both measures");
    }
    if (!has("g:brand") && has("g:gtin")) say("g:gtin needs g:brand");
  }

  Checked out_;
  std::set<std::string> ids_;
};

}  // namespace

Checked check_feed(const std::string& bytes) {
  return Check().run(bytes);
}

}  // namespace feed_test
