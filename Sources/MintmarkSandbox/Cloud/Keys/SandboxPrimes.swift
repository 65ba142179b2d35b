// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// 64 primes of 1024 bits, the two highest bits of each set, so that any two make a modulus of exactly 2048 bits.
///
/// They are printed here for all to read: every key made of them is worthless on purpose. Made once with
/// `openssl prime -generate -bits 1024 -hex`. Finding two primes takes 60-270 ms, multiplying two of these nothing.
enum SandboxPrimes {
    static let count = 64

    /// Big-endian, 128 bytes each.
    static let bytes: [[UInt8]] = {
        let joined = Base64.decode(text.filter { !$0.isNewline }) ?? []
        return stride(from: 0, to: joined.count, by: 128).map { Array(joined[$0..<min($0 + 128, joined.count)]) }
    }()

    /// Base64 of all of them in a row.
    private static let text = """
        00/WRtTX5g5rm6gmz7M8xji9KMOM2XsqVghBugkfIgmSU3s8pHf7MdgYsnpUOGjY6IUYQwky8+UGl0eTdc9Rz0UcSdN3HI0UbKplSydwpuKtNaan
        PpxDBb6XNcLJbZPoopzBMG4yybGtJ7J1LOny1QrfGrwsBnPZ+7spxfow1Rvfd9aEyTAX6bhkJCYxwi0xIVl9pwBHqC0EjwlEnrgz7L+NieKAh/d+
        g7zu6aGgGcuXIYP6FL1dCHrF0lZCKQnDozTpJH5EaPUBsjYsTMCy/VkVB4vRQ2P/QcpP4wFU4CDRYzZoy8mxXcqBUUaPvRT6ZAKRZfl33j/QX5t/
        we4B7c1LDGhYWo6SKMaZKLKPHkGwAqrMsK28JP3FySSuOI3SfX2+eZ/i0Nmeb7dZGbG60SvF9IcQAe8hCU3SEhayTntTUXZvgIT4YPRCfiJdDJw9
        oLtYRvTm5zpThd0j97nCsDrUwbbOpIAF2Pzgl66trQC81UFS+vLbwYeK7m8J+nBX41cz0n0kDosuM/z83ruHNDRJgcmfEo9TwJWzl1yW3lwLT6bI
        hzF1BXd6w+9Rz3yl5/91nOiGKg69F4twRwLESDxUrfb1Uxlnja6KUhpfbDZFU/4MwucPdH9CY6HMR6GcRDPLSMFKcvB9kWdOjd2oG4crWnaYMF7C
        isz3XpAPSO/sySx0dmsMEy1SHKWWOrlrshJg+tWNWt91eJM5elEGNXqQ7m0p8Zn2jlzUx3kxf6xgeuIDY9pvVrRPYnip38GpIaK0Hsa39a4M2VYB
        Sy5NJQz24TxBCboHZ2XY6k1b5QJ8/g27HxjpYLB2RAN56uXunqsAKFt2flZQl+C9Qxj6geruwe1S9MpUQaq24D39hm8ThADVmxRKTMulAg2oLic/
        wnrhPzEIwKAck9HCy+5yjzBdJvO+VUcMz5PIzUe1xVQcQLow6SUK6R0jc/vbRiyDT+o+3f5939/Sh+wRiSUmxBv0PA69/R608bfGn54zaqxPXW8H
        yLPtzGbOAZ91yXc9/1+8LA0iOjvlj4rRcxVBwdRBpr+yPK/CEQ07tVr+OcsYmmkbvWEo3979q+rEKSaSNP+92T914EOLuQaguJaRV6YfbVtltnU/
        JVEV6th6J4WQuirk7BTB4q1Cj1whC5ZLb3kT4nLu8iKwUtGBaLOamkOP+gDjqRhGFCS2AdvbS6nywtiBEZdQkBM8oQgGOZKzOcna3shUSIDxWfww
        UhG2mPPuxDxlHVqKg3IWGPCwIvjjh7K+DLPwotRjKjSYE+6yPqfCBUmQ18WBE25EobDIKCI0gjleh1jgOtWEoTyWwxjdqiZ3DTyMhBAbYG/DgQCE
        sUNcPVPDES7dSMbmsLZeB91q/0UFA6zLzQ4tFmnWpqh4a1o1qhFC8F4DUcSGGBlgbllmp0LFMq0iWh8h450bs2Dz1XcTEqrNvjP6EnFI0AeWmnJq
        +CXn1csDKJiwEqvAGUHz34WSWT0eShRavbH7XykZnGQyd78uObZU7B883TKbtvjxrVB3r50eaUYp69NF3HJ+wq0oYATNHa+qon2AvvuRzndgBihB
        ol1tQSbHab+ldvbKcTb/tlMUQPYoriUytRthYtO9bs4usBaMzpMoH3bcKi/0s2VqqASUir131WI6nEHRBqzMHuR/b5AJmLagZxQdNR8g7NRCyrRc
        YPCZ5vMMa4NWQybyGelxjdnvXkvbyKx8LgAbudFnFf03gN57xGm+PB/ne/3fSVEtA1PdnEcW0xzdPmaDmWW3lIJEx7+lQwfVuQH8XX3ByHmZ3608
        DnRZX5ONHJbL3WTlR14QOy2EVLEFIv4CRDBY1PkhBh80PJ2THh2AgLC9mWz7PFAXIytwvVGeaIamP1lO1lxJxeb4EDuLsd9pJDvvw4y2timxduKh
        kLFpwep8phapVDh3Ih94KFEz7QHXLq6/+3Z+Q/sPbhpMDsbqsng9TTnQ3vFmNbvs1AdhruIrkIX1LsSwfxHjNDye6a7sCfAdYpvE4eI8Kgtru4f9
        4s78iuhApsdI3j9S25/j+HoPfA0svZe99iY0lXDxAQYbLoPgMbG4I/X9kJ5XiS8Rt/1OUl7OOC/024beuhvMefL6hikkeQ2/TrwGvBDbrBIA+Vl0
        9tOp0j8jQPNYH2SkLp+O6gtfDC+Yx4qhTtstngnxJjPEHdgwrlF5leVS9ElyhwwWkG+ckIvXh1ZGu4f16BORCBs9yC3lDkKGCwLRK7QPhreK6Bgi
        niHke1aWeET7uD0LTmYbmZaolnnHyK/MDVL09QPw2Xch/SsVbY+ftYvN4xbr32ufXMpRdyZVdp3t2bmGi2GVzXSeLN6NdKJ+/4DMZW+L2alcgSvB
        bO5+SJ6VCrH/W++jm13aAAaOl8VtC3TnagaIu8uGPsw121NQ8bd3PttiiKVA5G8IBzqFqCr7tTGToSXkVnxJabUtp8AFdP/oTWg/zvYJkS2uvX28
        q9s51nVqwiIgem7U2dMng8Q07DrobTFceqTtbGYp74wFL6hNsUMN0FfOgVbmCVHVfd3ubPD/OvLJcqSSUxa1c94eOEufXwl5+8RgYd7Ul9b4j4Fg
        BIVBpbQ6uLqEKTfUU7QwTnaJf6K4N7iZoPUIBgcyVpXBOiz4HKIUy+kCW75BbHJQSoKZKd54VUQ7BluM7tzoFISBW1s1yc4Llka/y7pvJphKLFw5
        WeCpfePK9bcJvtKp0irinwJhJ7Dehrflk3Nv4FaEt3XVVpiN2LQK6YfN1KPrdW8Dh2MB4KqcyO53P/CcGdY2D60i51r2WZFB36eLARI2u1s1Gh/G
        dJss1WhPVJZ9l35+gfw8BPREwcMKAaI/UGLuDPKzOQAIhgXVHqmRrCsm/zi/E2XM1BByXxkSTglUneykKDJtg71Y63JIW/M6DMOOJ+v1hvBcFpS/
        dFWV+P4mnVu9fLS/2tx1gP6OVYfgPjn6VXGDY7ta41SGCFgcWOGVu9UDGP9Ai5uyxvumDtettFYiFtXsVK6lyLY4FnGaxBOPBy9jFjiYnc+kenYs
        iZn8s84fgvYILNAS8tmbaoCFe/SEfdtdvC85wl9fY4ult+rN1hsern1WuzxD0noGB/hghuQmkUh2NokwBjtOX+Wi327MpgyAJ8PC4daGOn8EsVlu
        Ha06A51OdMV22VaqTlp49kABW+vRwgKyf6uWPH0+KJXDseX9oYLY4ZriI5kATmgwfK+Whg/5pLCi+72Uny/UTZVqwsblsjWuURx3MH+CatncOjRr
        +h5dpZbKJCO0HS9MCz139dA4SM1x13xJxTleuZalhki7x1Lp1ZnqdM8kOj+zAwfTkR8sIy//9OFHHeZO4XMUdSL6NbdHYAgrdbeCXLLnxMdlUr7w
        myU2ps+lRcA6p3f8Qbh1UoA2Wbk0IcAR70a0sZDd9ogRfexY4xT4BdAwogtCvCDXm53xQdI8zE6yrV/IV9uH5UdxTbmW4IHoLoKFMSmjjGmIcri9
        m21KbYFpeczku0qOXCv/LMtUzmOVSOgbAmUUBbEiqVR6CwPk574BKeZri9DgjeW3Qr9h5q+sM8DADmsgt1Pd5vlw/SOZDsLodj1jc/ef/xvZdkeh
        zXoS/j3hfRRxXlkWGzWP/aeEdWIo9Mqb3WPdkaNml9sRFQL2fCcaWxE7QztRU4cmJWAseZG4l2glUFGClAF11Uuu0mndrGf6O5CkQ+iST1ON24PR
        G3RCzIeODKakMTJtZcFU3ev1DzQfK9XC4jg1/cYnanb8LPKsbDp/0ZWAKdXorV41fWhh1+/Qv1KPM1VK0kWWXy9WY+GMMta2F/It7LbsrHVg/wih
        GgmN4tfYM2RCQFxvR4Me2PPQHBlLLhY3BI2m3smVprEExLgfcwrkKmhKKiQq/Z+ABKRvol0o+pHX7aoIbJgXE54m+NaTOPqRYSyTXU1uCZB4CUyE
        d5ck5/WqD5OpOVnb6icS9wL0nKk4eAAY+O9a+Qz7KyjloeNqfj/UOkEnUlN1A0dfFYg6zbwcxddVx+HNm5diqzT3WMoZYM2Eph/NyG7NeoSGEulB
        OqRixfUF0jdVfcVISVcgowYWFdMv4Z3Q4Nph3FU9EDz2H5C+DiKcRGL/HX1o7MwV29Jqz2qxVl9cLlBhyEEp0J1pD/5SicLgk1YySGZ1Zzhni6CF
        WlhPahH1oab99BL6ngXNDiFQL7fZ+cGo/Ph6z14eZmYhaVtBEHCe50n1zwzz2wq40e0/K00PnRSjoTeSCF03bfuOlcP+Y095manl0/bEjnJLoo77
        +qkAOhGdFEnxq0J5jeP4TivSRHqby+YT4jHpzMx9afZFXkLqWu6NDKwKIZAemOIcjDH0/0kQO7qJoN9tYm7ZKtY6Bsgw9qBHc0cDJQ82OeXv6lZ9
        0gpEzVStvjBL50xNi/3hdoV8g1b0hhEmWeckxJeW3XTc1B6mdlgf4tldDxD67EI0rNnJUc5cuK5J9SOn51k8tYDDSpuFDx6ITl0dGx1T9Ds2UTy1
        l7KQ8dIyHz4JsvBjCg0vAKPU3WXQXVTqj2lLALD1bDZRTWmqv6sS2bdOD3m6/yZVP+w+lbb7XV00xjNJP3pnhoUsQgk/7UoV1ZQZFgoh5YMzQTLV
        +uDRHaOzzKA8M7cP2QbkUCMwEDLAY7Hc66lfFzWRUfXruGDcClsnhuJOpQSLwBMj/LNVOxmgB5c/1jHrafSImDS7cKGazIkWxLpgleDQEr4W1cOx
        MRCoORdKyGqH2wTvC7JBFkAcngsrmVcUeSP3irr5mrVmaZteiswyv4IaUx8DvyTVQ0c1MFR7y2/PmgtwuvDpvb3j8XcKVGpkWoaHaH2lPgDGbFiH
        p+Hje9qzZUKGh4P651tEHzW9czS5UxgxpurwQvKLgm2cJ91BpFEW0L8iz2kGRyIQ0oMvru3Jt4kGV8Bw3Id+C7VoBflV4DOvMTIMpUlIxWwiV4l0
        +c0K6SyB/KFKTO8YhaWgKcqzZRV+YhRIZHSvprYeiu7iXtoJqv8HBbEWY9ETm79neLPd7+VmGQldsrGx5Cc4bI2LGutziB1SpQUr6LBBgblyCzK9
        ZfQ09Zztnxl1yfUmU3zsxCR2THfTeiPLci4bopi3ufw8g40MhqHMOeIPgyXN9JGDHiIyTW3LsyBY/NwFxMDYoSUAjVsbmBPQRmTnkTnlr96mWssd
        tzzmCnNIJzx+UxGAaM+CmaEFFtx2XCm64+3bkrIYbGXvrEzELxj46J5t7Q3KZ0x5EEF2eLQTcbiArSfJl1HiM/sPPzhyX50+hZCcSRogUyzG9umT
        oQb1bZzyKu1T/w2vPgcNNWVtTIvjaFJse5DU2uKNOWtO1ZQgIJ0rdJQ/gZ0tmCOY2EpGM9PRfBLe5c6d5/VyI7BuqSYT0cKV9Kw/PsHPJ5kkNc/B
        qDYw+W7t2nrm8HijeaUxDsi7mUfmqnaoM5NucGzJ39mKB0Ie0IT0sWfhK9ItP31n8ezcVYrNiI9UqVKWyLVI2+1N0we5LG+yxZ6/Kk0uGG2XKLfY
        lj6Bw7eu9Ft9W3KppG8FzCxFeogYP1LtfyrLSl1rmDrl3PZPXg5Jsb3qQcQXMh0DyOyQSPAeURgEO36effOBzV6j+0ZBbLL8PRBC8kUL35kIR9gN
        6ibcnpmuh5k13kL+0CRbvTsiMuMP/v7t/M9w5R2gESjWomWT7l/4l6vwS0lIGxVQpRk+SgY2k6QoURWvIZQ63yuwEA9KMVLdZtAIw4qTmcA3erRB
        iHWUGwjy/pnAKhHD6rWa9sMrYB51AWN8vtlJ+xAxOG5LVNjGYv+pJmJreEVTyyBkpvJkqvGO2NNANf2Inb6sx8glDEf2unpx3XPhQshgiS/M8+3M
        BuYxGakhXJcxB6g81G5Vee9DtpfJIjduTT+MxIX/YTq2DBNtEqKgtuP29NbMblPy3ZdFlGgpoTUYlQV4B9meJCAA/JpKusuxG265MUGMXdcHQJGT
        DGO9WTtUkWGdmVV8zgBdOnxCnEq43rzFl414r8E8w5RhaG7i83xCAAOMya9odeVOoxa+xB7RFBRMvsO9r/3OCnSy+CshirXLEDUIhaIe/apGJnYE
        Q/OfU0+I8qnQpFMnszzFEhkIOGj3YnQVM/CT9ZzZb8R1Y/3jaU00yGr5xkjIMAfVYt/BSg/m2Vb1s69rSp1eNIGOetrgj1jH6miaWnvf//kRAFv4
        lX6hEpDSd5bEudjHmJVj5zuDcs2ObRbqevAzFdbq0NvAG4708MdExtMeTqcUGuVDJ3WHLzWN+2t3YSMhsnzSU3mKReGFg6OKDqN6gsbpDFc7Df/a
        QyBvgr9FrbQ/dndwet5nxm8rNQ41emIemPWvNF6pF8Hh1x452JrJpJG63dNAfU3O+ZQQSLVO5tX9SyXuX/E7X757y+/vyb3dJJgtXqO2HreVeVwh
        vmPrIzIWOw2Gmv3bToxPudw/MNvlVEEt7FOJxEcgE2zc9Pe341FiTkIQEJl5qZJAr0ni1KIck0wtb+RGvuf1nlvB+DfgKHC/Ndt8+c2oAgreA0dc
        yEDwiJ8BYLj7YKFYp8fL3HLwOjFKvFK6xAb0/tKKKV7F0TY47pj88b5SK81HS4rO3E5GzjtcOUh1Ripa++75tydhS4ukN8TmA/LJWpPOKFg+0l2X
        1iCIop9jlF0J/nsYW2fRDrR8u31ujOR57snv1DE/S90j0cbl/RAthw9cRA/sqi46zxYH8flCKt4tvZ0+YbsuaCGQiN0vwMVJdAG45dYK2DKvwR3h
        xJMVGPtlJ+a3ULkXDLZQQEIME57YBGCMUrlGUAwM+qKKfh6YInIAIzUH3k+wGYeaTyheIHi3N/Gm43tnS+Z4txZApWIHg/T3HNjnve1nOfPtPsao
        OQ3uJISyP0+CdUBDdUHTjxCdiBUE59hJCMVzyW2pGdwfZ2V1yLr9xgMKT1jOfnlfjnJ/Na4Z5qOOuNqU471emaPMN4bCP8pI6kP61oI9ls9GXmKr
        mayuDBlnakp18nCnEi6EIysMrLuSJtxeuEf0FqCKYfXJrZxJqoHkz/fho4de57fY9zECF19G2X3Cd2EhlNkfvJT8zzi2eOBuCJmq+vhREVf7fYF1
        g5egqe0xAsyMf4XaU5X33uBxTeA3HOTe56AAwzQC5/mLZLWx+KdXuCNxB3nh8o5a3AWJbahhqYtROTFMliKmC/TDv8JITvvOAWP6BPQwQHzWcG51
        2lJPzn49biuSFLkHiNK/EwKPIQ98IQS2Dhj3UfAqZlF7jVDBKMZKe5cO8iV5t/+Fokk/HkClFo1y7azH3K+1AfAMeO4BWVFom6E7xjgt9ELOrgQB
        lfw9dfM+j/fGDo4DTIMegf5/7RDh+WsOfg2zY6D9T0fY+ZCzd5+H8bKCQKvDQw3XoN+ZPW2v/3W/nctNT0oTF3D48e94Kwjfy7dgs2i44YjVL2bu
        3TSiLoEG49hVbCaNFf+XpYKjtTO9YFv36g9mfDnE+XP5oMhD03pwyBqnA9xoCikAwL4aXX5G7BOZsr3KWeeC17qybEZApY87tnuNnLtSjbd9DJnl
        x3mdIeBgjatMWWw74R2Heq+sxY/92XAnTufz7QeqGkDv/PTANyX9beTRw8dWnYxKS9xMHBvcp9bTlmnAIBnAKPBJ16c/+VmrLIZk7QksMWed6gJm
        gErWV9hS66y7+qMOH1xhKAhu/zIldTeD5aVopssYTNhxHdYPO92517n3lNSkz5ZR7adF43FN2f8cmIIqXyG0+8BDkxPgo5ntcyZea3XawxKhJOv1
        VruP5C8KohgON8NyjHZXZxbrHMz5Y1rDuCz339y3RcyQfitjJp5J7rKUIAWc4iepSTiSAGs2TYHXCqDENG3Ua696tFlt/gAWZwNBg2alzMs4ypdI
        vkAbtdHgkVHPYUDk9kPQyDyKDk9ngk6VjC0GGiFzOaxUwnPolMBCJCEF4kD4rMi00saJMJKDUR4Vun7J2VwHxdfyHVIZL58fH3yIsE4m59vIOOuO
        O5VR1qAJgEWduEd2Ybg2Dcmf0GT7782nz99CSHiREFKfk1tEUyhZ3zj00V1Kf/9AHsqzv91Th3mb4lQ/kheP0BuQpbSYyVtWlNhbscqROyaoP1gt
        eRd9xGZjCmTkPas9KYBnsQlfPOADKQTWbQfLUEvlH06R2g1LKJUTOhLTX0zJTzdkuubGOhrlQOFAjkMf7LZrFyX0h+sqxKQVn36fexTMGyjrkLXx
        s0t1TbDQ0T9sLM0V4BCf8+dUsVRNlNzCkWaUjljO+Lvwk/5L3BchwV7A5tj5HVYfG944UCe0J1WfkIMU7yjijZg2+tHMKlZdoFjlmlTM6bh2htiC
        qF0dYUQn9+62KzYA1mXD6iyh8LbgHgMh2jyfvM9958NDXJftZ1OgjIlLcqdalTfYmnpXViIuTTPR/Y1Pl3m2uj0G6KPbpbPi9RkmupbTLy6o+274
        3LrVHo2rZwXK059k7byaLJqcY4VV5+Fb7556OjtyZkvTuNA087VYIhJAheop+iUL2ZavyVxIQvgbF8DhGIsQtzPbRcMpU3EsD5xcPsfqm6qChu/j
        A47pHq7ef/PzCcmphO3f08Tpxg8xlMzDTmRbZJ4PBpvIbfj89WWNCX6WnYNQ4H2il+OP6USjP2TOm6XPJKZXDxwKqhZ2b3rrADO4J7dpwhk6vs+l
        jaCCkXKXVgOkxBLMsEM6U0pRY8MwIqecMpqtk78UPZGCM/Nv37YGI6n5ujeMEXnsB/3zL3vI3WXT3Z697+LnJDYAMMas9VWl0rX3xBVMc9nT5QSD
        xZuM5ljmxhFcbCSK9VBxQji/lfitUMYZwuP2AyGf7tgGlC75PpdrkhOiINuat4stqIbC/hDEEtJrgpy8xqXPzKlT38l1zKXtZ5nwwqVq477qAJjC
        4jyMAvjpR0vg+QYWwSIRZJCCYknLFjEahC9olYggWIvuGdhYLGKbos4bTcesQV2CZfbhp029IkO8+YEUpvfHobshmi/wuw7++CM9fimdE6vg5agF
        ZcRumtbMmkmL/82c44ntA0STwjGokZ6434kR+LBlH3evV/F0BKRcF6K9P66IuR+j5aIGqGJjd1hw5hBw1ckJ9c8W+zz8JZHbehQw4Aw5NMzoqM2q
        Q2ynlf3BWpab9eYhOfpFkzyf4P+GkHAE3XUq8m69GAK/Z872uP8wmYi6TU21IL14kDz3U98T/PssNwp0vCkztRQi7F2MfkJ9MhZeBeeWD2nX8Ef1
        2LvFWedACw9INnDa2eL1efP9TA9D6z9Z9FwRILCr7jjD2YtkJsUfPW5CRzYGFDsXhMHoSCa2hzjIoTRCRqdV5ZdunjMhO9+URjobsi3QslaaxROh
        iWedjcHmsvx8CKLSm9L4BSH5ufRnmtxT8fbp7OFqEhAZYdppRg5leorS51NcuIWJnV/p7TF4oMu/J+d1Q+tbKHx67M37UPbeDR7wzlbdt7ywONZv
        PLDkpwsY7BphCzw3vsSfb+LO0ZavNYp5mDKkj6TEAo2ia7/lpADeiL4uTNcNcrFcX0EPjWUAxKZVAQCEe8AGFYxHxCbSTLCVU0oABbfbaGS5Err3
        xQv42TUCshsKW5QGOi+3sYrh/DfDnhyrYCBspeKmos1pCvQVCCLgAmJlQn5oN+Gz1vNoqgxCk8fPxYjjXX/CSAQWwK23b5hyVdtPtlRkNpa7cfvX
        9I+2nICijxFHl3EeMBRj2+IJxbUXJm1fvhWeLagyREFwxb/jCuxeotHkM26XB3p6kLuiXmAe+C96mZ86dB8/7w2R+8vBRTm7wz/hQoJLpl+tQWiN
        KS8piaY5y6uYN2ZzT5A+TvEDTQV6485+OQ1NtQWqiNMrE+xl6RWEWMs7eL71SU9B+SlnOVm9OovDrMoR6BC0CJVeKs/l1DI9EOmVgR5zM2OO7OiJ
        lZpoOCt1pUfeXM/aKtTbh5kalIPbEHLHHrSaImmz0q37FBna4kVyWA/V6vOWIop9HePGCA/ax1T+qR1cNi5reqgzvIbvqFH13sgLXVLGY4sfMban
        455p68X7dn/tMRj6PW1kpJpgukPo151C2m29R8DnBIT27gYusouc5XA2n80L0wvmaQCSHlgqy8B+2UQkcf5Qy9S199hhBAl3Qo01wcakcjgr3FLz
        gv2PSu3GYtG+cUQw2dUCaDwhea/22C89paq+BRAKWGdqemflrQ+L5div4n3hWaQoSbIgGPGNRM8N6V+6akrzCCQI0VGVKM5diEATRKS0j3Y7h/wl
        2TSLK9FNHV9jdcVFrCJQtKkHnzPqGeuBpAG2uPi5fNYywcuJ+Fng8nIpX1hK+PY1BmdeP0mBPssx68Wgg65KSPrKmee3PPcot/QMyvRtbSok5QdU
        Bv6ysk0mnZj1XZT5ckvFe34gwhjFfcSxU/zPcOhfvqUmkGkHbVi/tmdeR/fZebcw6t9u9j0tq13kETe9HW6HP2tUYqMVsvRiQQyPmpYWd5PfN6MJ
        Jr/6fVjazhcLzF8Pl2OhpupXnujwcrhlBTmQMUcNtK9LKVSRhQPhwYXO4fwIFLiPDCbOcAu/QFYWaMVmf4QeMsgWX29Wu++LeMMh6r5Rt8Vd5V4H
        xcS9oQ6OrpjYKlS1py9dhtQckkEYpEqHA30Rs5qiwBtwb8EkZiHAG+QyRxipfTiOijRL48gnmXVlhJ3kA9u2Dnmf007SnR0sI1Uje4T1FqcjPuvS
        afrajJhka96k2KKqJ4Gt5k+rEkj9zceKaUgmYN38nFzhbLp4S7MgSzW9HhVia9WapNrbI4b5aW5QKwhkt6QX8GTDv5Aa//Inip4Fx5U4rD8G7L+R
        41sj9BFRipoSePdCf5jieZPVUffXoNpx/QQFnMpa2tLqmdaglgqXoFY+BoU8k2ZOMwlPbYVr+ypQ81Jd+EWrF7IXw1Weuh3fD0QVNEViZTCC/S7+
        5twy4XDAZpBz6lKlK6xdG5grpVXm++mV5tOuZnOopcNOMtdKdOdUq0xdTCM=
        """
}
