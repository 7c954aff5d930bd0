// SPDX-License-Identifier: MIT

#include "downloads/marshal.h"

#include <algorithm>
#include <cstddef>

namespace dosvc::com {
namespace {

Value Unsigned(HRESULT hr) { return static_cast<double>(static_cast<std::uint32_t>(hr)); }

}  // namespace

Value Writer<abi::DO_DOWNLOAD_STATUS>::Write(const abi::DO_DOWNLOAD_STATUS& status) {
  return Record{{"bytesTotal", Number(status.BytesTotal)},
                {"bytesTransferred", Number(status.BytesTransferred)},
                {"state", static_cast<double>(static_cast<int>(status.State))},
                {"error", Unsigned(status.Error)},
                {"extendedError", Unsigned(status.ExtendedError)}};
}

bool Reader<abi::DO_DOWNLOAD_ENUM_CATEGORY>::Read(const Value& value) {
  const auto* const property = Find(value, "property");
  const auto* const given = Find(value, "value");
  const auto* const text = given != nullptr ? given->As<std::u16string>() : nullptr;
  int number = 0;
  if (property == nullptr || !ReadNumber(*property, &number) || text == nullptr ||
      text->find(u'\0') != std::u16string::npos) {
    return false;
  }
  value_.text = *text;
  category_ = {static_cast<abi::DODownloadProperty>(number), Wide(value_.text)};
  return true;
}

bool Reader<abi::DO_DOWNLOAD_RANGES_INFO>::Read(const Value& value) {
  const auto* const list = value.As<List>();
  if (list == nullptr) return false;
  const std::size_t bytes = std::max(offsetof(abi::DO_DOWNLOAD_RANGES_INFO, Ranges) +
                                         list->size() * sizeof(abi::DO_DOWNLOAD_RANGE),
                                     sizeof(abi::DO_DOWNLOAD_RANGES_INFO));
  buffer_.assign((bytes + sizeof(UINT64) - 1) / sizeof(UINT64), 0);
  get()->RangeCount = static_cast<UINT>(list->size());
  auto* range = get()->Ranges;
  for (const auto& item : *list) {
    if (!ReadSize(Find(item, "offset"), &range->Offset) ||
        !ReadSize(Find(item, "length"), &range->Length)) {
      return false;
    }
    ++range;
  }
  return true;
}

}  // namespace dosvc::com
