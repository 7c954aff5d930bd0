// SPDX-License-Identifier: MIT

#include "stand-in/downloads/download_text.h"

#include <cwchar>
#include <map>
#include <sstream>
#include <utility>

#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {
namespace {

using dosvc::abi::DODownloadProperty;

constexpr wchar_t kRange[] = L"range";
constexpr wchar_t kProperty[] = L"property";
constexpr wchar_t kEnd[] = L"end";

// Names every value, for writing as well as for reading.
template <typename Each, typename Record>
void EachOf(Each& each, Record& record) {
  each(L"id", record.id);
  each(L"state", record.state);
  each(L"foreign", record.foreign);
  each(L"waits", record.waits);
  each(L"created", record.created);
  each(L"progressed", record.progressed);
  each(L"error", record.error);
  each(L"extended-error", record.extended_error);
  each(L"url", record.source.url);
  each(L"temporary-path", record.source.temporary_path);
  each(L"by-range", record.source.by_range);
  each(L"done", record.file.done);
  each(L"total", record.file.total);
  each(L"remote-size", record.file.remote_size);
  each(L"etag", record.file.etag);
  each(L"last-modified", record.file.last_modified);
  each(L"final-url", record.file.final_url);
}

std::wstring Number(std::uint64_t number) {
  return std::to_wstring(static_cast<std::int64_t>(number));
}

// Writes the index of the value's alternative, then the value.
std::wstring Spell(const PropertyValue& value) {
  const auto kind = std::to_wstring(value.index()) + L" ";
  if (const auto* text = std::get_if<std::wstring>(&value)) return kind + Escape(*text);
  if (const auto* truth = std::get_if<bool>(&value)) return kind + (*truth ? L"1" : L"0");
  if (const auto* narrow = std::get_if<std::uint32_t>(&value)) return kind + Number(*narrow);
  return kind + Number(std::get<std::uint64_t>(value));
}

// Reads "ID KIND VALUE".
void ReadProperty(const std::wstring& line, DownloadRecord& record) {
  wchar_t* rest = nullptr;
  const auto id = static_cast<DODownloadProperty>(std::wcstol(line.c_str(), &rest, 10));
  const auto kind = std::wcstol(rest, &rest, 10);
  const std::wstring value = *rest ? rest + 1 : rest;
  const auto number = static_cast<std::uint64_t>(std::wcstoll(value.c_str(), nullptr, 10));
  auto& property = record.properties[id];
  if (kind == 0) property = number != 0;
  if (kind == 1) property = static_cast<std::uint32_t>(number);
  if (kind == 2) property = number;
  if (kind == 3) property = Unescape(value);
}

}  // namespace

std::wstring WriteDownload(const DownloadRecord& record) {
  LineWriter writer;
  EachOf(writer, record);
  for (const auto& range : record.source.ranges) {
    writer.Line(kRange, Number(range.offset) + L" " + Number(range.length));
  }
  for (const auto& [id, value] : record.properties) {
    writer.Line(kProperty, std::to_wstring(static_cast<int>(id)) + L" " + Spell(value));
  }
  writer.Line(kEnd, L"");
  return writer.Take();
}

std::optional<DownloadRecord> ReadDownload(const std::wstring& text) {
  DownloadRecord record;
  std::map<std::wstring, std::wstring> values;
  std::wistringstream lines(text);
  for (std::wstring line; std::getline(lines, line);) {
    const auto space = line.find(L' ');
    const auto name = line.substr(0, space);
    const auto value = space == std::wstring::npos ? std::wstring() : line.substr(space + 1);
    if (name == kEnd) {
      const LineReader reader(std::move(values));
      EachOf(reader, record);
      return record;
    }
    if (name == kProperty) {
      ReadProperty(value, record);
    } else if (name == kRange) {
      wchar_t* rest = nullptr;
      const auto offset = std::wcstoll(value.c_str(), &rest, 10);
      const auto length = std::wcstoll(rest, nullptr, 10);
      record.source.ranges.push_back(
          {static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(length)});
    } else {
      values[name] = value;
    }
  }
  return std::nullopt;
}

}  // namespace dosvc_stand_in
