a
{{ print 1 }}
{{ undefined }}