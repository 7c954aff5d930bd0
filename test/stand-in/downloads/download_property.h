// SPDX-License-Identifier: MIT
//
// The properties of a download: their types, whether they can be read and set, and when.
#pragma once

#include <oaidl.h>
#include <windows.h>

#include <optional>

#include "stand-in/downloads/download_record.h"

namespace dosvc_stand_in {

enum class Access { kReadWrite, kReadOnly, kWriteOnly };

// Until when a property can be set. No page says so: only DO_E_INVALID_STATE is documented.
// DOC: IDODownload::SetProperty, Return value,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-setproperty
enum class Settable {
  kBeforeStart,
  kAtRest,  // not while the download transfers
  kUntilTheEnd,
};

struct DownloadProperty {
  dosvc::abi::DODownloadProperty id;
  VARTYPE type;
  Access access;
  std::uint32_t since;  // the build of Windows that introduced it
  Settable settable;
};

// Null if the build of Windows that the service imitates does not have the property.
const DownloadProperty* FindProperty(dosvc::abi::DODownloadProperty id);

bool MaySet(const DownloadProperty& property, dosvc::abi::DODownloadState state);

// For properties that are plain values. E_INVALIDARG if the value is invalid or of another type.
HRESULT TakeProperty(const DownloadProperty& property, const VARIANT& given, PropertyValue& value);

// The value of a property that was never set; if there is none, reading it fails with E_NOT_SET.
std::optional<PropertyValue> DefaultOf(dosvc::abi::DODownloadProperty id,
                                       const DownloadRecord& record);

HRESULT GiveProperty(const PropertyValue& value, VARIANT* given);

// Queries the caller's object for the interface `iid`. VT_UNKNOWN with null, or VT_EMPTY, gives
// null.
HRESULT TakeInterface(const VARIANT& given, REFIID iid, void** object);

// Checks that the value holds the serialized bytes of a CERT_CONTEXT.
HRESULT CheckCertificate(const VARIANT& given);

}  // namespace dosvc_stand_in
