// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// Literal bodies of worked exchanges; all values are invented.
enum Exchanges {
    static let manufacture =
        #"{"model":"AY001MTP1","mac":"02a1b2c3d4e5","hwsig":"9f03c2d1-55aa0102-7be43310","#
        + #""dom_at":"2025/03/04 09:15:00 UTC","manuf_model":"ACM100","manuf_sn":"q17","ads_connect_flag":true}"#
    static let manufactured =
        #"{"device":{"dsn":"AC000W900000101","model":"AY001MTP1","mac":"02a1b2c3d4e5","#
        + #""hwsig":"9f03c2d1-55aa0102-7be43310","odm":null,"manuf_model":"ACM100","manuf_sn":"q17","#
        + #""module_sw_version":null,"oem_host_version":null,"wifi_setup_key":null,"ads_connect_flag":true,"#
        + #""dom_at":"2025-03-04T09:15:00Z"}}"#
    static let provision =
        #"{"model":"AY008ESP1","mac":"02a1b2c3d4f6","manuf_model":"DEVKIT","manuf_sn":"q18","#
        + #""hwsig":"e32-02a1b2c3d4f6","oem_model":"acmelamp1","module_sw_version":"lampfw 1.4.0","#
        + #""dom_at":"2025/03/04 09:20:30 UTC","oem_host_version":"acmelamp 1.0","odm":"Acme Works"}"#
    static let provisioned =
        #"{"device":{"dsn":"AC000W900000202","model":"AY008ESP1","oem":"5a1dc0de","mac":"02a1b2c3d4f6","#
        + #""hwsig":"e32-02a1b2c3d4f6","odm":"Acme Works","manuf_model":"DEVKIT","manuf_sn":"q18","#
        + #""oem_model":"acmelamp1","module_sw_version":"lampfw 1.4.0","oem_host_version":"acmelamp 1.0","#
        + #""wifi_setup_key":null,"ads_connect_flag":null,"dom_at":"2025-03-04T09:20:30Z"}}"#
    static let search =
        #"{"devices":[{"device":{"dsn":"AC000W900000202","model":"AY008ESP1","oem":"5a1dc0de","#
        + #""oem_model":"acmelamp1","mac":"02a1b2c3d4f6","hwsig":"e32-02a1b2c3d4f6","state":"provisioned"}}]}"#
    static let searchPath =
        "/devicefactory/v1/devices.json?%5Bfilter%5D%5Bmac_like%5D=02a1b2c3d4f6"
        + "&%5Bfilter%5D%5Bmanuf_sn_like%5D=&order=desc&order_by=dsn"

    private static let firstKey =
        #"MIIBCgKCAQEA6SpXNtIFYM6bMgYaBdhry83cOfp3tLpvnCInYJCipxvlnfzwtFhN8eF0XHGfagK6\n"#
        + #"49z9XVjqVYqbAX//bBDVnNZQJmn8aecscwnVzBcQ3Q8HnW89PDVMc7H54sRZJXHy0/s9ma99i05Y\n"#
        + #"vzLUtEk6p6RI+tQuqbRc0wIxOdV2Ro8BLSRyYqDEIaXSup7ToQf2mShSFZuvK3wgrcrfD+I0qv1o\n"#
        + #"oIjPnPcDqF/QerzicLd9kxteZKdwN5iZAkk9DdfHRrx1ZhfcSCjD3nwLu1gf+cDQjHj6xcSzHDAA\n"#
        + #"VXQhi3C4H+YfceYPApVdooP28xaW/dvoH4P89nkrKZZn/HlqmwIDAQAB\n"#
    private static let secondKey =
        #"MIIBCgKCAQEA0Y3egpU1bfobwmH4ZIZdrJohsK8UgsVP0w6LqcPlsqZjFArIuITxerqzZgQlW9W5\n"#
        + #"i1CXx+ZLd6YP0LloZKi34WmAPSsgFV7H52Y8zTbAYR6bb24cSbrf32NqrfqdXcYWqEKrymNURqSl\n"#
        + #"ZJ/e+WxAk8BbbNSCu80ztuhPLXSyaiLjoS4etG841XOmQDnF/aRGEtQOH3OIDEGY/8bxq7bhJeBu\n"#
        + #"Pn4/uTngrF6/+S7r9kA0mFTb52sXk8/MhSLDz/7w/r0UTP+6IHmevJ796qx7TqiCRW+4Cjck6Er4\n"#
        + #"KnGhoNHHmj4s9Yv65EcrplXDTse0Z4Rt0R7bAqLSKu2wHtCLLQIDAQAB\n"#
    static let reserved =
        #"[{"device":{"dsn":"AC000W900000202","public_key":"-----BEGIN RSA PUBLIC KEY-----\n\#(firstKey)"#
        + "-----END RSA PUBLIC KEY-----\"}},\n"
        + #" {"device":{"dsn":"AC000W900000203","public_key":"-----BEGIN RSA PUBLIC KEY-----\n\#(secondKey)"#
        + #"-----END RSA PUBLIC KEY-----"}}]"#

    static func manufactureRegistration() throws -> Registration {
        Registration(
            call: .manufacture, dsn: try DSN("AC000W900000101"), model: "AY001MTP1", mac: try MAC("02a1b2c3d4e5"),
            hwsig: try HardwareSignature("9f03c2d1-55aa0102-7be43310"), domAt: 1_741_079_700, manufModel: "ACM100",
            manufSN: "q17", connected: true)
    }

    static func provisionRegistration() throws -> Registration {
        Registration(
            call: .provision, dsn: try DSN("AC000W900000202"), model: "AY008ESP1", mac: try MAC("02:A1:B2:C3:D4:F6"),
            hwsig: try HardwareSignature("e32-02a1b2c3d4f6"), domAt: 1_741_080_030, manufModel: "DEVKIT",
            manufSN: "q18", odm: "Acme Works", firmware: "lampfw 1.4.0", oemID: "5a1dc0de", oemModel: "acmelamp1",
            oemHostVersion: "acmelamp 1.0")
    }
}
